package org.partyline.transport.xml;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.in.ReaderConfig;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import com.fasterxml.aalto.util.CharsetNames;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;

/**
 * Opens Aalto's readers. All share one factory, so that a name is known to every stream after its first use by any; and the
 * factory is replaced when it knows too many names, because Aalto forgets none and a peer can send ever new ones.
 */
final class Readers {
    /** Far more than all of XMPP's names; a few hundred kilobytes at most. */
    static final int MAX_SHARED_NAMES = 2_000;

    private static volatile InputFactoryImpl factory = newFactory();

    private Readers() {}

    static AsyncXMLStreamReader<AsyncByteArrayFeeder> open() {
        return factory.createAsyncForByteArray();
    }

    /** Gives the reader's buffers back, and its names to the readers to come. */
    static void close(AsyncXMLStreamReader<AsyncByteArrayFeeder> reader) {
        try {
            reader.closeCompletely();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a reader over arrays cannot fail to close", e);
        }
        if (sharedNames() > MAX_SHARED_NAMES) {
            factory = newFactory();
        }
    }

    static int sharedNames() {
        ReaderConfig config = factory.getNonSharedConfig(null, null, null, false, false);
        config.setActualEncoding(CharsetNames.CS_UTF8);
        return config.getBBSymbols().size();
    }

    private static InputFactoryImpl newFactory() {
        InputFactoryImpl fresh = new InputFactoryImpl();
        fresh.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        fresh.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return fresh;
    }
}
