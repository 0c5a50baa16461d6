package dev.orrery.kit.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.kit.problem.Invalid;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @Test
    void pages_follow_one_another_to_the_end() {
        Page<Long> first = page(PageRequest.of(2, null));
        Page<Long> second = page(PageRequest.of(2, first.nextToken()));
        Page<Long> third = page(PageRequest.of(2, second.nextToken()));

        assertThat(first.items()).containsExactly(1L, 2L);
        assertThat(second.items()).containsExactly(3L, 4L);
        assertThat(third.items()).containsExactly(5L);
        assertThat(third.nextToken()).isNull();
    }

    @Test
    void a_position_may_have_several_parts_and_any_characters() {
        Instant at = Instant.parse("2026-01-31T12:00:00.123Z");
        var page = Page.of(PageRequest.of(1, null), List.of("a", "b"), _ -> List.of(at.toString(), "ä \"\n|"));

        PageRequest next = PageRequest.of(1, page.nextToken());

        assertThat(next.instant(0, Instant.EPOCH)).isEqualTo(at);
        assertThat(next.text(1, "")).isEqualTo("ä \"\n|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage!", "W10", "bnVsbA", "WyJhIiwiYiJd", "e30"})
    void a_token_that_no_page_gave_is_refused(String token) {
        assertThatThrownBy(() -> PageRequest.of(10, token).number(0, 0))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("page_token");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void a_limit_out_of_bounds_is_refused(int limit) {
        assertThatThrownBy(() -> PageRequest.of(limit, null)).isInstanceOf(Invalid.class);
    }

    private static Page<Long> page(PageRequest request) {
        long after = request.number(0, 0);
        List<Long> read = LongStream.rangeClosed(after + 1, 5)
                .limit(request.toRead())
                .boxed()
                .toList();
        return Page.of(request, read, item -> List.of(item.toString()));
    }
}
