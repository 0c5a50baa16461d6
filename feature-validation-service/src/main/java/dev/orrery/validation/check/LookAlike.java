package dev.orrery.validation.check;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.stream.Collectors;

/// Words that a person cannot tell apart and a program can: `é` as one character or as two, a space that is another.
final class LookAlike {

    private LookAlike() {}

    /// Where a word differs from the one of the domain that it looks like; empty when it looks like none.
    static String hint(String found, List<String> domain) {
        String look = look(found);
        return domain.stream()
                .filter(word -> look(word).equals(look))
                .findFirst()
                .map(word -> " It is nearly '%s', with %s where that has %s."
                        .formatted(word, difference(found, word), difference(word, found)))
                .orElse("");
    }

    private static String look(String word) {
        return Normalizer.normalize(word, Form.NFKC).strip();
    }

    /// The characters of one that the other does not have there.
    private static String difference(String one, String other) {
        int[] mine = one.codePoints().toArray();
        int[] others = other.codePoints().toArray();
        int same = Math.min(mine.length, others.length);
        int begin = 0;
        while (begin < same && mine[begin] == others[begin]) {
            begin++;
        }
        int end = 0;
        while (end < same - begin && mine[mine.length - 1 - end] == others[others.length - 1 - end]) {
            end++;
        }
        String differing = one.codePoints()
                .skip(begin)
                .limit(mine.length - begin - end)
                .mapToObj("U+%04X"::formatted)
                .collect(Collectors.joining(" "));
        return differing.isEmpty() ? "nothing" : differing;
    }
}
