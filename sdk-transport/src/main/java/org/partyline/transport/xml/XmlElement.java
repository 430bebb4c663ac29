package org.partyline.transport.xml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable XML element: a qualified name, attributes, and children that are text or elements.
 *
 * <p>Elements are made by the stream reader or by {@link #builder(String, String)}; either way every name and every
 * text is legal XML 1.0, so an element that exists can be written. Nothing here is recursive: depth costs no stack.
 *
 * <p>Namespace prefixes are not kept. The writer declares namespaces where they change.
 */
public final class XmlElement {

    /** The namespace of {@code xml:lang} and {@code xml:space}. */
    public static final String XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";

    private static final String[] NO_ATTRIBUTES = {};
    private static final Object[] NO_CHILDREN = {};
    /** Room that a builder makes at first: three attributes, and as many children as most messages have. */
    private static final int FIRST_ATTRIBUTES = 9;

    private static final int FIRST_CHILDREN = 4;

    private final String namespace;
    private final String name;
    /** Triples: namespace (empty for none), local name, value. */
    private final String[] attributes;
    /** Each a {@link String} (never empty) or an {@link XmlElement}. */
    private final Object[] children;

    XmlElement(String namespace, String name, String[] attributes, Object[] children) {
        this.namespace = namespace;
        this.name = name;
        this.attributes = attributes;
        this.children = children;
    }

    /**
     * Starts an element.
     *
     * @param namespace the namespace name, empty for none
     * @param name the local name
     * @return a builder
     * @throws IllegalArgumentException if either is not legal XML
     */
    public static Builder builder(String namespace, String name) {
        return new Builder(namespace, name);
    }

    /**
     * Makes an element without attributes or children.
     *
     * @param namespace the namespace name, empty for none
     * @param name the local name
     * @return the element
     * @throws IllegalArgumentException if either is not legal XML
     */
    public static XmlElement of(String namespace, String name) {
        return new Builder(namespace, name).build();
    }

    /** {@return the namespace name, empty for none} */
    public String namespace() {
        return namespace;
    }

    /** {@return the local name} */
    public String name() {
        return name;
    }

    /**
     * {@return whether this element has this qualified name}
     *
     * @param namespace the namespace name
     * @param name the local name
     */
    public boolean is(String namespace, String name) {
        return this.name.equals(name) && this.namespace.equals(namespace);
    }

    /**
     * {@return the value of the attribute without a namespace, or null if it is absent}
     *
     * @param name the local name
     */
    public @Nullable String attribute(String name) {
        return attribute("", name);
    }

    /**
     * {@return the value of an attribute, or null if it is absent}
     *
     * @param namespace the namespace name, empty for none
     * @param name the local name
     */
    public @Nullable String attribute(String namespace, String name) {
        for (int i = 0; i < attributes.length; i += 3) {
            if (attributes[i + 1].equals(name) && attributes[i].equals(namespace)) {
                return attributes[i + 2];
            }
        }
        return null;
    }

    /** {@return the number of attributes} */
    public int attributeCount() {
        return attributes.length / 3;
    }

    /**
     * {@return the namespace of an attribute, empty for none}
     *
     * @param index from 0 to {@link #attributeCount()} - 1
     */
    public String attributeNamespace(int index) {
        return attributes[Objects.checkIndex(index, attributeCount()) * 3];
    }

    /**
     * {@return the local name of an attribute}
     *
     * @param index from 0 to {@link #attributeCount()} - 1
     */
    public String attributeName(int index) {
        return attributes[Objects.checkIndex(index, attributeCount()) * 3 + 1];
    }

    /**
     * {@return the value of an attribute}
     *
     * @param index from 0 to {@link #attributeCount()} - 1
     */
    public String attributeValue(int index) {
        return attributes[Objects.checkIndex(index, attributeCount()) * 3 + 2];
    }

    /** {@return the number of children, text and elements together} */
    public int nodeCount() {
        return children.length;
    }

    /**
     * {@return a child: a {@link String} or an {@link XmlElement}}
     *
     * @param index from 0 to {@link #nodeCount()} - 1
     */
    public Object node(int index) {
        return children[index];
    }

    /** {@return the child elements, in order; unmodifiable} */
    public List<XmlElement> children() {
        List<XmlElement> elements = new ArrayList<>(children.length);
        for (Object child : children) {
            if (child instanceof XmlElement element) {
                elements.add(element);
            }
        }
        return Collections.unmodifiableList(elements);
    }

    /**
     * {@return the first child element with this qualified name, or null}
     *
     * @param namespace the namespace name
     * @param name the local name
     */
    public @Nullable XmlElement child(String namespace, String name) {
        for (Object child : children) {
            if (child instanceof XmlElement element && element.is(namespace, name)) {
                return element;
            }
        }
        return null;
    }

    /**
     * {@return the first child element with this local name and this element's namespace, or null}
     *
     * @param name the local name
     */
    public @Nullable XmlElement child(String name) {
        return child(namespace, name);
    }

    /** {@return the first child element, or null} */
    public @Nullable XmlElement firstChild() {
        for (Object child : children) {
            if (child instanceof XmlElement element) {
                return element;
            }
        }
        return null;
    }

    /** {@return the text directly inside this element, joined; empty if there is none} */
    public String text() {
        if (children.length == 1 && children[0] instanceof String single) {
            return single;
        }
        StringBuilder text = new StringBuilder();
        for (Object child : children) {
            if (child instanceof String part) {
                text.append(part);
            }
        }
        return text.toString();
    }

    /**
     * {@return the text of the first child element with this local name and this element's namespace, or null if there
     * is no such child}
     *
     * @param name the local name
     */
    public @Nullable String childText(String name) {
        XmlElement child = child(name);
        return child == null ? null : child.text();
    }

    /** {@return a builder that starts with all of this element's content} */
    public Builder toBuilder() {
        Builder builder = new Builder(namespace, name);
        builder.attributes = attributes.clone();
        builder.attributeLength = attributes.length;
        builder.children = children.clone();
        builder.childCount = children.length;
        return builder;
    }

    /** {@return this element as XML text, complete with its namespace declarations} */
    public String toXml() {
        return XmlWriter.toXml(this);
    }

    /**
     * Equal names, equal attributes in any order, equal children in the same order.
     *
     * @param other anything
     * @return whether it is an equal element
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof XmlElement element && XmlTrees.equal(this, element));
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + namespace.hashCode()) + attributes.length + children.length;
    }

    /** {@return the name alone: content can hold what must not be logged} */
    @Override
    public String toString() {
        return namespace.isEmpty() ? name : "{" + namespace + "}" + name;
    }

    /** Builds an {@link XmlElement}. Not safe for use by several threads at once. */
    public static final class Builder {
        private final String namespace;
        private final String name;
        /** Triples, as in the element. */
        private String[] attributes = NO_ATTRIBUTES;

        private int attributeLength;
        private Object[] children = NO_CHILDREN;
        private int childCount;

        private Builder(String namespace, String name) {
            this.namespace = XmlChars.requireNamespace(namespace);
            this.name = XmlChars.requireName(name);
        }

        /**
         * Sets an attribute without a namespace; null leaves it out.
         *
         * @param name the local name
         * @param value the value, or null for no attribute
         * @return this
         * @throws IllegalArgumentException if name or value is not legal XML
         */
        public Builder attribute(String name, @Nullable String value) {
            return attribute("", name, value);
        }

        /**
         * Sets an attribute; null leaves it out.
         *
         * @param namespace the namespace name, empty for none
         * @param name the local name
         * @param value the value, or null for no attribute
         * @return this
         * @throws IllegalArgumentException if an argument is not legal XML
         */
        public Builder attribute(String namespace, String name, @Nullable String value) {
            XmlChars.requireNamespace(namespace);
            XmlChars.requireName(name);
            if (name.equals("xmlns") && namespace.isEmpty()) {
                throw new IllegalArgumentException("a namespace is declared by using it, not by an attribute");
            }
            if (value != null) {
                XmlChars.requireText(name, value);
            }
            removeAttribute(namespace, name);
            if (value != null) {
                if (attributeLength == attributes.length) {
                    attributes = Arrays.copyOf(attributes, Math.max(FIRST_ATTRIBUTES, 2 * attributeLength));
                }
                attributes[attributeLength++] = namespace;
                attributes[attributeLength++] = name;
                attributes[attributeLength++] = value;
            }
            return this;
        }

        private void removeAttribute(String namespace, String name) {
            for (int i = 0; i < attributeLength; i += 3) {
                if (attributes[i + 1].equals(name) && attributes[i].equals(namespace)) {
                    attributeLength -= 3;
                    System.arraycopy(attributes, i + 3, attributes, i, attributeLength - i);
                    return;
                }
            }
        }

        /**
         * Sets {@code xml:lang}; null leaves it out.
         *
         * @param language a BCP 47 tag, or null
         * @return this
         */
        public Builder language(@Nullable String language) {
            return attribute(XML_NAMESPACE, "lang", language);
        }

        /**
         * Adds text; null or empty adds nothing.
         *
         * @param text the text
         * @return this
         * @throws IllegalArgumentException if the text holds a character that XML 1.0 does not allow
         */
        public Builder text(@Nullable String text) {
            if (text != null && !text.isEmpty()) {
                XmlChars.requireText("text", text);
                // Texts side by side are one text on the wire, so they are one here too.
                if (childCount > 0 && children[childCount - 1] instanceof String before) {
                    children[childCount - 1] = before + text;
                } else {
                    add(text);
                }
            }
            return this;
        }

        /**
         * Adds a child element; null adds nothing.
         *
         * @param child the child
         * @return this
         */
        public Builder child(@Nullable XmlElement child) {
            if (child != null) {
                add(child);
            }
            return this;
        }

        private void add(Object node) {
            if (childCount == children.length) {
                children = Arrays.copyOf(children, Math.max(FIRST_CHILDREN, 2 * childCount));
            }
            children[childCount++] = node;
        }

        /**
         * Adds a child element that holds only text, in this element's namespace; null adds nothing.
         *
         * @param name the child's local name
         * @param text the child's text, or null for no child
         * @return this
         */
        public Builder textChild(String name, @Nullable String text) {
            return text == null
                    ? this
                    : child(builder(namespace, name).text(text).build());
        }

        /** {@return the element} */
        public XmlElement build() {
            return new XmlElement(
                    namespace,
                    name,
                    attributeLength == 0 ? NO_ATTRIBUTES : Arrays.copyOf(attributes, attributeLength),
                    childCount == 0 ? NO_CHILDREN : Arrays.copyOf(children, childCount));
        }
    }
}
