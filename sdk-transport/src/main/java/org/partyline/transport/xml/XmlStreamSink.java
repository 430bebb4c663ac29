package org.partyline.transport.xml;

/** Hears what an {@link XmlStreamDecoder} found. Called by the thread that feeds the decoder. */
public interface XmlStreamSink {

    /**
     * The stream's root was opened.
     *
     * @param root the root with its attributes, without children
     */
    void onHeader(XmlElement root);

    /**
     * A child of the root is complete.
     *
     * @param element the child
     */
    void onElement(XmlElement element);

    /** The root was closed. */
    void onFooter();
}
