package dev.orrery.inference.protocol;

import java.util.List;

/// A model's configuration, as far as Triton's words fit. Its first dimension, the rows, is the batch's.
///
/// @param maxBatchSize the most rows of one request
public record ModelConfig(
        String name, String platform, int maxBatchSize, List<ConfigTensor> input, List<ConfigTensor> output) {

    /// How others know the extension.
    public static final String EXTENSION = "model_configuration";

    /// @param dims of one row
    public record ConfigTensor(String name, DataType dataType, List<Long> dims) {

        private static ConfigTensor of(ModelMetadata.TensorMetadata tensor) {
            DataType type = switch (Datatype.valueOf(tensor.datatype())) {
                case BOOL -> DataType.TYPE_BOOL;
                case BYTES -> DataType.TYPE_STRING;
                default -> DataType.TYPE_FP32;
            };
            return new ConfigTensor(
                    tensor.name(),
                    type,
                    tensor.shape().subList(1, tensor.shape().size()));
        }
    }

    /// The datatypes of inputs and outputs, by Triton's names and numbers.
    public enum DataType {
        TYPE_BOOL(1),
        TYPE_FP32(11),
        TYPE_STRING(13);

        private final int number;

        DataType(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    static ModelConfig of(ModelMetadata model, int maxRows) {
        return new ModelConfig(
                model.name(),
                model.platform(),
                maxRows,
                model.inputs().stream().map(ConfigTensor::of).toList(),
                model.outputs().stream().map(ConfigTensor::of).toList());
    }
}
