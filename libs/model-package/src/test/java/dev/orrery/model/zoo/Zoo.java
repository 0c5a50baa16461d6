package dev.orrery.model.zoo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Models in the exact shapes that converters write, each with weights made up.
public final class Zoo {

    private Zoo() {}

    /// Those that are compiled, by what they are.
    public static Map<String, Supplier<OnnxFile>> compiled() {
        Map<String, Supplier<OnnxFile>> files = new LinkedHashMap<>();
        files.put("logistic regression of scaled numbers", Linears::scaledLogistic);
        files.put("logistic regression of transformed columns", Linears::transformedColumns);
        files.put("multinomial regression", Linears::multinomial);
        files.put("one versus rest", Linears::oneVersusRest);
        files.put("linear classifier of one row", Linears::oneRow);
        files.put("linear regression", Linears::regression);
        files.put("linear regression of several targets", Linears::severalTargets);
        files.put("perceptron of two classes", Linears::perceptronOfTwo);
        files.put("perceptron of several classes", Linears::perceptronOfMany);
        files.put("perceptron of a number", Linears::perceptronOfANumber);
        files.put("gemm", Linears::gemm);
        files.put("calibrated classifiers", Linears::calibrated);
        files.put("principal components", Linears::components);
        files.put("3,000 columns", Linears::manyColumns);
        files.put("ordinal words", Encodings::ordinal);
        files.put("filled words", Encodings::filledWords);
        files.put("whole numbers one-hot", Encodings::wholeNumbers);
        files.put("one-hot with one dropped", Encodings::dropped);
        files.put("2,000 words one-hot", Encodings::thousandsOfWords);
        files.put("mapped categories", Encodings::mapped);
        files.put("labels of numbers", Encodings::labelsOfNumbers);
        files.put("labels by the fourth version", Encodings::labelsAsTensors);
        files.put("scaled into limits", Encodings::limited);
        files.put("normalized by L1", () -> Encodings.normalized("L1"));
        files.put("normalized by L2", () -> Encodings.normalized("L2"));
        files.put("normalized by the greatest", () -> Encodings.normalized("MAX"));
        files.put("binarized", Encodings::binarized);
        files.put("binned", Encodings::binned);
        files.put("polynomial features", Encodings::polynomial);
        files.put("rearranged columns", Encodings::rearranged);
        files.put("conditions", Encodings::conditions);
        files.put("random forest of two classes", () -> Trees.forest(2));
        files.put("random forest of three classes", () -> Trees.forest(3));
        files.put("random forest of a number", Trees::forestOfANumber);
        files.put("gradient boosting of two classes", Trees::boosted);
        files.put("gradient boosting of three classes", () -> Trees.boostedClasses(false));
        files.put("XGBoost of two classes", Trees::xgboost);
        files.put("XGBoost of three classes", () -> Trees.boostedClasses(true));
        files.put("XGBoost of a number", Trees::xgboostOfANumber);
        files.put("XGBoost of counts", Trees::xgboostOfCounts);
        files.put("XGBoost with hinge loss", Trees::xgboostHinge);
        files.put("LightGBM of two classes", Trees::lightGbm);
        files.put("LightGBM random forest", Trees::lightGbmForest);
        files.put("LightGBM of a number, in parts", Trees::lightGbmOfANumber);
        files.put("CatBoost", Trees::catBoost);
        files.put("every kind of branch, several targets", Trees::everyMode);
        files.put("words and numbers in trees", Trees::encoded);
        files.put("this platform's logistic regression", PlatformShapes::logistic);
        files.put("this platform's boosted trees", PlatformShapes::boosted);
        files.put("this platform's rule", PlatformShapes::rule);
        return files;
    }

    /// Trees of three targets that never add to the second.
    public static OnnxFile disputed() {
        return Trees.withoutOne();
    }

    /// A number and a little more.
    public static OnnxFile shifted(float by) {
        OnnxFile file = new OnnxFile();
        return file.output(file.node("Add", List.of(file.floats("X", 1), file.vector(by))), 1);
    }
}
