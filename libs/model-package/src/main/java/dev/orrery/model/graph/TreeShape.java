package dev.orrery.model.graph;

import dev.orrery.model.graph.TreeEnsemble.Mode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/// Whether nodes are trees, and where these begin.
///
/// @param trees the tree that each node belongs to
record TreeShape(long[] trees, Mode[] modes, int[] yes, int[] no) {

    private static final byte OPEN = 1;
    private static final byte LEFT = 2;

    /// The nodes that are nobody's child, one in each tree. Others may be several nodes' child: converters write a
    /// split
    /// by many categories so.
    int[] roots() {
        boolean[] isChild = new boolean[trees.length];
        for (int i = 0; i < trees.length; i++) {
            if (modes[i] != Mode.LEAF) {
                isChild[yes[i]] = true;
                isChild[no[i]] = true;
            }
        }
        int[] roots = new int[trees.length];
        int count = 0;
        Set<Long> rooted = new HashSet<>();
        for (int i = 0; i < trees.length; i++) {
            if (!isChild[i]) {
                roots[count++] = i;
                if (!rooted.add(trees[i])) {
                    throw new Malformed("its tree %d has two roots".formatted(trees[i]));
                }
            }
        }
        int[] found = Arrays.copyOf(roots, count);
        requireNoCircle(found);
        return found;
    }

    /// A node is left when everything below it is; one that is met again before that is below itself.
    private void requireNoCircle(int[] roots) {
        byte[] state = new byte[trees.length];
        int left = 0;
        Deque<Integer> path = new ArrayDeque<>();
        for (int root : roots) {
            path.push(root);
            while (!path.isEmpty()) {
                int at = path.peek();
                if (state[at] == OPEN || modes[at] == Mode.LEAF) {
                    path.pop();
                    left += state[at] == LEFT ? 0 : 1;
                    state[at] = LEFT;
                } else if (state[at] == LEFT) {
                    path.pop();
                } else {
                    state[at] = OPEN;
                    enter(path, state, no[at]);
                    enter(path, state, yes[at]);
                }
            }
        }
        if (left != trees.length) {
            throw circle();
        }
    }

    private static void enter(Deque<Integer> path, byte[] state, int child) {
        if (state[child] == OPEN) {
            throw circle();
        }
        if (state[child] != LEFT) {
            path.push(child);
        }
    }

    private static Malformed circle() {
        return new Malformed("one of its trees is a circle");
    }
}
