package dev.orrery.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What computes a model's answers.
///
/// @param reason why ONNX Runtime does, as a clause; null for what is compiled
public record Engine(Kind kind, String reason) {

    public enum Kind {
        /// Plain Java made from the graph, which answered as ONNX Runtime does when it was loaded.
        @JsonProperty("compiled")
        COMPILED("compiled"),
        /// ONNX Runtime itself.
        @JsonProperty("onnxruntime")
        ONNXRUNTIME("onnxruntime");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// As it is written in answers, metrics and the log.
        public String word() {
            return word;
        }
    }
}
