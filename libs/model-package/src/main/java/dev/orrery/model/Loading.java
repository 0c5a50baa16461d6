package dev.orrery.model;

import dev.orrery.model.compiled.NotCompiled;
import dev.orrery.model.compiled.Plan;
import dev.orrery.model.graph.Graph;
import dev.orrery.model.graph.Malformed;
import dev.orrery.model.graph.TreeEnsemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// From a file to a model that answers. ONNX Runtime judges what is a model at all; where plain Java answers as it
/// does,
/// plain Java answers from then on, and the runtime's memory is given back.
final class Loading {

    private Loading() {}

    /// @param known rows that the model is known to be asked, to be tried first; typed values
    static Scorer load(Path file, ModelCard card, List<Map<String, Object>> known) {
        Graph graph = graph(file);
        OnnxScorer judge = OnnxScorer.load(file, graph, card);
        try {
            Plan plan = Plan.of(graph, card);
            Optional<String> fault = new Trial(card, plan, graph, known).fault(judge);
            if (fault.isPresent()) {
                return judge.because(fault.get());
            }
            judge.close();
            return new CompiledScorer(card, plan);
        } catch (NotCompiled e) {
            return judge.because(e.getMessage());
        } catch (RuntimeException e) {
            judge.close();
            throw e;
        }
    }

    /// What is written in a file.
    static Graph graph(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UnusableModel("there is no file", null);
        }
        try {
            Graph graph = Graph.read(file);
            // A tree that is a circle would keep the runtime busy for ever.
            graph.nodes().stream().filter(TreeEnsemble::isOne).forEach(TreeEnsemble::of);
            return graph;
        } catch (Malformed e) {
            throw new UnusableModel(e.getMessage(), e);
        } catch (IOException e) {
            throw new UnusableModel("it cannot be read: " + e.getMessage(), e);
        }
    }
}
