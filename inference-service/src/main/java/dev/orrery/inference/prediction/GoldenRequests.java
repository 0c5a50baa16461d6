package dev.orrery.inference.prediction;

import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.JsonBytes;
import dev.orrery.inference.Unusual;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.endpoint.WarmUp;
import dev.orrery.model.Golden;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Rows;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Golden rows as clients would send them: requests of each usual form, read, checked, scored, answered, counted and
/// logged as those of [UsualPath] are. They bring no prediction: who counts and logs forgets it, and there is no
/// sequence.
@Singleton
class GoldenRequests implements WarmUp {

    private static final int REPLACEMENT = '\uFFFD';

    /// @param row the golden row's place
    private record Request(UsualForm form, int row, byte[] body) {}

    /// Who is asked, and where what comes of it goes.
    private record Rehearsal(Serving serving, VersionMeters unread, JsonBytes answer) {}

    private final List<UsualForm> forms;
    private final Predictions predictions;
    private final InferenceConfig.RolloutConfig config;
    /// Requests left to make before the compiler has seen enough. What it compiles, all versions share: the first ones
    /// warm it up, and the thousandth need not.
    private final AtomicInteger left;

    @Inject
    GoldenRequests(Instance<UsualForm> forms, Predictions predictions, InferenceConfig config) {
        this(forms.stream().toList(), predictions, config.rollout());
    }

    GoldenRequests(List<UsualForm> forms, Predictions predictions, InferenceConfig.RolloutConfig config) {
        this.forms = forms;
        this.predictions = predictions;
        this.config = config;
        left = new AtomicInteger(config.warmUp());
    }

    @Override
    public List<String> ask(Serving serving, Golden golden) {
        long began = System.nanoTime();
        float[][] expected = serving.score(RowBlock.of(Rows.of(serving.card().inputs(), golden.rows())));
        Rehearsal rehearsal =
                new Rehearsal(serving, new VersionMeters(serving.header(), serving.card()), new JsonBytes());
        List<Request> sound = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Request request : requests(serving, golden)) {
            if (isOver(began)) {
                return faults;
            }
            String fault = fault(rehearsal, request, expected);
            if (fault == null) {
                sound.add(request);
            } else {
                faults.add("golden row %d, asked by %s, %s"
                        .formatted(request.row() + 1, request.form().template(), fault));
            }
        }
        repeat(rehearsal, sound, began);
        return faults;
    }

    private void repeat(Rehearsal rehearsal, List<Request> requests, long began) {
        if (requests.isEmpty()) {
            return;
        }
        for (int i = 0; (left.getAndDecrement() > 0 || i < config.warmUpLater()) && !isOver(began); i++) {
            answer(rehearsal, requests.get(i % requests.size()));
        }
    }

    private boolean isOver(long began) {
        return System.nanoTime() - began >= config.warmUpAtMost().toNanos();
    }

    /// Forms take turns, so that none is left out when time is short.
    private List<Request> requests(Serving serving, Golden golden) {
        List<Request> requests = new ArrayList<>();
        for (int row = 0; row < golden.rows().size(); row++) {
            Map<String, Object> values = sent(golden.rows().get(row));
            for (UsualForm form : forms) {
                byte[] body = form.body(serving.card(), values);
                if (isUsual(body)) {
                    requests.add(new Request(form, row, body));
                }
            }
        }
        return requests;
    }

    /// A model is given 32 bits of a number; who sends more digits than those have is not usual.
    private static Map<String, Object> sent(Map<String, Object> row) {
        Map<String, Object> sent = new LinkedHashMap<>(row);
        sent.replaceAll((_, value) -> value instanceof Double number ? (Object) number.floatValue() : value);
        return sent;
    }

    /// Escapes and broken characters in words are left to the strict reader.
    private static boolean isUsual(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.indexOf('\\') < 0 && text.indexOf(REPLACEMENT) < 0;
    }

    /// What is wrong with the answer, or null.
    private String fault(Rehearsal rehearsal, Request request, float[][] expected) {
        float[][] answers;
        try {
            answers = answer(rehearsal, request).answers();
        } catch (Unusual _) {
            return "is not read";
        } catch (RuntimeException e) {
            return "is refused: " + e.getMessage();
        }
        for (int output = 0; output < answers.length; output++) {
            float answer = answers[output][0];
            float due = expected[output][request.row()];
            if (Golden.distance(answer, due) > Golden.TOLERANCE) {
                return "is answered %s and should be %s".formatted(answer, due);
            }
        }
        return null;
    }

    private Answer answer(Rehearsal rehearsal, Request request) {
        Serving serving = rehearsal.serving();
        RowBlock rows = serving.rows();
        try {
            UsualForm.Request read = request.form().read(request.body(), serving, rows);
            Answer answer = predictions.rehearse(serving, read.question(), rehearsal.unread());
            rehearsal.answer().clear();
            read.write(answer, rehearsal.answer());
            return answer;
        } finally {
            serving.giveBack(rows);
        }
    }
}
