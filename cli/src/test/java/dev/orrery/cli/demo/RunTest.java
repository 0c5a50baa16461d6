package dev.orrery.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.platform.Part;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class RunTest {

    private final Run run = new Run(new Story(new PrintStream(PrintStream.nullOutputStream()), Terminal.none()));

    @Test
    void a_journey_that_broke_off_names_the_step_the_reason_and_the_way_out() {
        Failure broken = new Failure("the training of baseline failed: no positives");
        run.step("apply", "Apply the use case", Part.REGISTRY, () -> "applied");

        assertThatThrownBy(() -> run.step("train", "Train every recipe", Part.TRAINING, () -> {
                    throw broken;
                }))
                .isSameAs(broken);

        assertThat(run.brokenOff(broken))
                .hasMessage("step 2, 'Train every recipe', failed: the training of baseline failed: no positives\n"
                        + "More is in its log: ./orrery logs model-training-service");
    }

    @Test
    void only_what_was_made_is_worth_a_look() {
        assertThat(run.sights()).isEmpty();

        run.sight("http://127.0.0.1:8082/v1/datasets/churn/versions");

        assertThat(run.sights()).containsExactly("http://127.0.0.1:8082/v1/datasets/churn/versions");
    }
}
