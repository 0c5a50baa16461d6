package dev.orrery.kit.page;

import java.util.List;
import java.util.function.Function;

/// Part of a list.
///
/// @param nextToken of the following page; null on the last
public record Page<T>(List<T> items, String nextToken) {

    public Page {
        items = List.copyOf(items);
    }

    /// The page that was asked for.
    ///
    /// @param read     up to [PageRequest#toRead] items
    /// @param position of an item: the parts by which the list is sorted, the last of them unique
    public static <T> Page<T> of(PageRequest request, List<T> read, Function<T, List<String>> position) {
        if (read.size() <= request.limit()) {
            return new Page<>(read, null);
        }
        List<T> items = read.subList(0, request.limit());
        return new Page<>(items, PageRequest.token(position.apply(items.getLast())));
    }

    /// The same page in other words.
    public <R> Page<R> map(Function<? super T, R> view) {
        return new Page<>(items.stream().map(view).toList(), nextToken);
    }
}
