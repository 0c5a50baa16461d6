package dev.orrery.contracts.usecase;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.orrery.contracts.EntityKeys;
import dev.orrery.contracts.problem.Fault;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is to be predicted of the label.
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        property = "type",
        visible = true,
        defaultImpl = Task.Unknown.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Task.Binary.class, name = Task.BINARY),
    @JsonSubTypes.Type(value = Task.MultiClass.class, name = Task.MULTI_CLASS),
    @JsonSubTypes.Type(value = Task.Regression.class, name = Task.REGRESSION)
})
@JsonPropertyOrder("type")
public sealed interface Task {

    String BINARY = "binary";
    String MULTI_CLASS = "multi-class";
    String REGRESSION = "regression";

    /// What a file calls it.
    @JsonProperty("type")
    String type();

    /// What is asked of a label, as a person says it: `whether 'left' is true`.
    String question(String label);

    /// How a yes is said to a person: `yes`, or the label's value where it says more.
    default String yes() {
        return "yes";
    }

    /// What keeps it from being asked of a dataset's label, each below the task's place.
    List<Fault> faults(DatasetSchema dataset);

    /// The same with everything said that the dataset leaves no doubt about, and in its canonical form.
    ///
    /// @param label the label's column, against which the task has no faults
    default Task settled(Column label) {
        return this;
    }

    /// Whether what a decision is worth, and the rule that decides without a model, can be said of it.
    @JsonIgnore
    default boolean decides() {
        return false;
    }

    /// Yes or no.
    ///
    /// @param positive the label's value that is a yes, as text in the canonical form of the column's type
    /// @param negative the value that is a no. Where it is known, rows with a third value are left out of training;
    ///                 where it is null, every other value is a no. Of a boolean, and of a domain of two words,
    ///                 it is the other value and need not be written
    record Binary(String positive, String negative) implements Task {

        /// The task of a boolean label, unless a file says otherwise.
        public static final Binary TRUE = new Binary("true", "false");

        @Override
        public String type() {
            return BINARY;
        }

        @Override
        public boolean decides() {
            return true;
        }

        /// What a label says: yes, no, or nothing, when it is neither of the two that are known.
        ///
        /// @param label in the canonical form of its type
        public Optional<Boolean> outcome(String label) {
            if (label.equals(positive)) {
                return Optional.of(true);
            }
            return negative == null || label.equals(negative) ? Optional.of(false) : Optional.empty();
        }

        @Override
        public String question(String label) {
            return "whether '%s' is '%s'".formatted(label, positive);
        }

        @Override
        public String yes() {
            return positive.equals(TRUE.positive) ? "yes" : "'%s'".formatted(positive);
        }

        @Override
        public List<Fault> faults(DatasetSchema dataset) {
            return LabelFaults.ofBinary(this, dataset);
        }

        @Override
        public Task settled(Column label) {
            List<String> known = label.type() == ColumnType.BOOLEAN ? LabelFaults.BOOLEANS : label.domain();
            String no = negative == null ? null : canonical(label, negative);
            String yes = positive == null ? LabelFaults.other(known, no).orElse("true") : canonical(label, positive);
            return new Binary(yes, no == null ? LabelFaults.other(known, yes).orElse(null) : no);
        }

        static String canonical(Column label, String value) {
            return EntityKeys.canonical(label.type(), value);
        }
    }

    /// One of several classes: the label's values.
    record MultiClass() implements Task {

        @Override
        public String type() {
            return MULTI_CLASS;
        }

        @Override
        public String question(String label) {
            return "which '%s' it is".formatted(label);
        }

        @Override
        public List<Fault> faults(DatasetSchema dataset) {
            return LabelFaults.unlessOf(
                    dataset,
                    Set.of(ColumnType.BOOLEAN, ColumnType.CATEGORY, ColumnType.TEXT, ColumnType.INTEGER),
                    this);
        }
    }

    /// A number.
    record Regression() implements Task {

        @Override
        public String type() {
            return REGRESSION;
        }

        @Override
        public String question(String label) {
            return "how much '%s' is".formatted(label);
        }

        @Override
        public List<Fault> faults(DatasetSchema dataset) {
            return LabelFaults.unlessOf(dataset, Set.of(ColumnType.NUMBER, ColumnType.INTEGER), this);
        }
    }

    /// One that this version of the platform does not know. It is kept as it was written, for one that does.
    record Unknown(
            String type, @JsonAnySetter @JsonAnyGetter Map<String, Object> rest) implements Task {

        public Unknown {
            rest = rest == null ? Map.of() : rest;
        }

        @Override
        public String question(String label) {
            return "a '%s' of '%s', which this version does not know".formatted(type, label);
        }

        @Override
        public List<Fault> faults(DatasetSchema dataset) {
            return List.of();
        }
    }

    /// What keeps the task of a use-case file from being asked of its dataset's label, each with its place in the file.
    ///
    /// @param task null where the file names none: then the label itself is at fault
    static List<Fault> faults(Task task, DatasetSchema dataset) {
        return task == null
                ? new Binary(null, null)
                        .faults(dataset).stream()
                                .map(fault -> new Fault("/dataset/label", fault.message()))
                                .toList()
                : task.faults(dataset).stream()
                        .map(fault -> fault.below("/task"))
                        .toList();
    }
}
