package org.partyline.transport.xml;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Builds immutable elements from tags and texts in one pass, without recursion. */
final class TreeBuilder {
    private static final int SMALL = 32;
    private static final Object[] NO_NODES = {};

    /** Of each open element: namespace, name, attributes; three places a level. */
    private Object[] open = new Object[SMALL];
    /** Where each open element's children begin among the nodes. */
    private int[] firstChild = new int[SMALL];

    private int depth;
    /** How much of the tables is in use since they were cleared. */
    private int deepest;

    private int mostNodes;
    private Object[] nodes = new Object[SMALL];
    private int nodeCount;
    private @Nullable String text;
    /** Used only where one text is given in pieces. */
    private @Nullable StringBuilder joined;

    int depth() {
        return depth;
    }

    /** Begins an element; attributes are triples of namespace, local name and value. */
    void start(String namespace, String name, String[] attributes) {
        endText();
        if (depth == firstChild.length) {
            firstChild = Arrays.copyOf(firstChild, depth * 2);
        }
        if (depth * 3 + 3 > open.length) {
            open = Arrays.copyOf(open, open.length * 2);
        }
        open[depth * 3] = namespace;
        open[depth * 3 + 1] = name;
        open[depth * 3 + 2] = attributes;
        firstChild[depth++] = nodeCount;
        deepest = Math.max(deepest, depth);
    }

    void text(String piece) {
        if (text == null) {
            text = piece;
        } else {
            if (joined == null) {
                joined = new StringBuilder(text);
            }
            joined.append(piece);
        }
    }

    /** {@return the finished element if it was the outermost one, else null} */
    @Nullable
    XmlElement end() {
        endText();
        int first = firstChild[--depth];
        Object[] children = first == nodeCount ? NO_NODES : Arrays.copyOfRange(nodes, first, nodeCount);
        XmlElement element = new XmlElement(
                (String) open[depth * 3], (String) open[depth * 3 + 1], (String[]) open[depth * 3 + 2], children);
        nodeCount = first;
        if (depth > 0) {
            add(element);
            return null;
        }
        clear();
        return element;
    }

    /** Forgets what was begun. */
    void clear() {
        depth = 0;
        nodeCount = 0;
        text = null;
        joined = null;
        Arrays.fill(nodes, 0, mostNodes, null);
        Arrays.fill(open, 0, deepest * 3, null);
        mostNodes = 0;
        deepest = 0;
        if (nodes.length > 4 * SMALL) {
            nodes = new Object[SMALL];
        }
    }

    private void endText() {
        if (text != null) {
            String whole = joined == null ? text : joined.toString();
            text = null;
            joined = null;
            if (!whole.isEmpty()) {
                add(whole);
            }
        }
    }

    private void add(Object node) {
        if (nodeCount == nodes.length) {
            nodes = Arrays.copyOf(nodes, nodeCount * 2);
        }
        nodes[nodeCount++] = node;
        mostNodes = Math.max(mostNodes, nodeCount);
    }
}
