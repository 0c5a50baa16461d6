package dev.orrery.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScrapeTest {

    private static final String BEFORE = """
            # HELP orrery_inference_seconds From a request's body to its scores
            # TYPE orrery_inference_seconds histogram
            orrery_inference_seconds_bucket{endpoint="churn",le="0.001"} 10.0
            orrery_inference_seconds_bucket{endpoint="churn",le="+Inf"} 10.0
            orrery_inference_seconds_count{endpoint="churn"} 10
            orrery_inference_seconds_sum{endpoint="churn"} 0.005
            orrery_prediction_log_dropped_total{reason="a \\"b\\" {c}"} 1.0
            orrery_prediction_log_pending 7.0
            """;
    private static final String AFTER = """
            orrery_inference_seconds_bucket{endpoint="churn",le="0.001"} 109.0
            orrery_inference_seconds_bucket{endpoint="churn",le="0.002"} 110.0
            orrery_inference_seconds_bucket{endpoint="churn",le="+Inf"} 110.0
            orrery_inference_seconds_count{endpoint="churn"} 110
            orrery_inference_seconds_sum{endpoint="churn"} 0.025
            orrery_inference_seconds_sum{endpoint="other"} 9
            orrery_inference_stage_seconds_count{endpoint="churn",stage="compute"} 100
            orrery_inference_stage_seconds_sum{endpoint="churn",stage="compute"} 0.001
            orrery_prediction_log_dropped_total{reason="a \\"b\\" {c}"} 4.0
            orrery_prediction_log_pending 9.0
            jvm_gc_pause_seconds_count{action="x"} 3
            jvm_gc_pause_seconds_count{action="y"} 4
            """;

    @Test
    void stages_are_told_of_the_time_between_two_looks() {
        Inside inside = Inside.of(Scrape.parse(BEFORE), Scrape.parse(AFTER), "churn");

        assertThat(inside.stages()).extracting(Inside.Time::name).containsExactly("compute", "whole");
        assertThat(inside.stages().getFirst()).isEqualTo(new Inside.Time("compute", 100, 10, null));
        assertThat(inside.stages().getLast().mean()).isBetween(199.9, 200.1);
        assertThat(inside.stages().getLast().p99()).isEqualTo(1000);
    }

    @Test
    void of_the_log_counters_are_told_as_added_and_others_as_they_are() {
        Inside inside = Inside.of(Scrape.parse(BEFORE), Scrape.parse(AFTER), "churn");

        assertThat(inside.log())
                .containsEntry("orrery_prediction_log_dropped_total", 3.0)
                .containsEntry("orrery_prediction_log_pending", 9.0)
                .hasSize(2);
    }

    @Test
    void series_of_one_name_add_up() {
        assertThat(Scrape.parse(AFTER).sum("jvm_gc_pause_seconds_count")).isEqualTo(7);
        assertThat(Scrape.parse(AFTER).sum("nothing")).isZero();
    }
}
