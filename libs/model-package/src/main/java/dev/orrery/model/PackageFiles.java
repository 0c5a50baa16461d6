package dev.orrery.model;

import java.util.List;

/// The files of a model package, by their paths inside it.
public final class PackageFiles {

    /// MLflow's description of the model: flavors and signature, YAML.
    public static final String DESCRIPTION = "MLmodel";
    /// The model itself.
    public static final String MODEL = "model.onnx";
    /// What the model says of itself, a [ModelCard].
    public static final String CARD = "card.json";
    /// Rows to try the model with, as MLflow writes them.
    public static final String INPUT_EXAMPLE = "input_example.json";
    /// Rows with the outputs they must get, a [Golden].
    public static final String GOLDEN = "golden.json";
    /// The reference that monitoring compares with, a `Profile` of the contracts.
    public static final String PROFILE = "profile.json";

    /// All of them.
    public static final List<String> ALL = List.of(DESCRIPTION, MODEL, CARD, INPUT_EXAMPLE, GOLDEN, PROFILE);

    private PackageFiles() {}
}
