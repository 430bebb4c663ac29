package org.partyline.xmpp.internal.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.store.StoreChange;
import org.partyline.store.StoreRecord;
import org.partyline.transport.xml.XmlWriter;
import org.partyline.xmpp.internal.negotiation.StreamFeatures;
import org.partyline.xmpp.internal.sm.SmSession;
import org.partyline.xmpp.internal.stanza.StoredStanza;

/**
 * What a store holds of a session under stream management, so that the next process can go on with it (XEP-0198 section 5).
 * Whoever may sign in to the account can take it over by its id, so that is never logged.
 *
 * @param name what it is called in the store
 * @param self this device's address
 * @param id the server's id for it
 * @param max how long the server keeps it, if it said so
 * @param features what the server offered with it
 */
record StoredSession(
        String name, Jid self, String id, @Nullable Duration max, StreamFeatures features) {
    static final String TABLE = "session";
    private static final String SESSION = "session";
    private static final String HANDLED = "handled";
    private static final int VERSION = 1;

    /** A session and how many of the server's stanzas are handled, modulo 2^32. */
    record Found(StoredSession session, int handled) {
        SmSession resumable(long now) {
            return SmSession.earlier(session.id(), session.max(), handled, now);
        }
    }

    /** {@return what the records of the table tell, or null if that is nothing that is understood} */
    static @Nullable Found read(List<StoreRecord> records) {
        byte[] session = value(records, SESSION);
        byte[] handled = value(records, HANDLED);
        if (session == null || handled == null) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(session));
                DataInputStream count = new DataInputStream(new ByteArrayInputStream(handled))) {
            if (in.readByte() != VERSION) {
                return null;
            }
            String name = in.readUTF();
            Jid self = Jid.parse(in.readUTF());
            String id = in.readUTF();
            int seconds = in.readInt();
            StreamFeatures features = new StreamFeatures(StoredStanza.read(in.readAllBytes()));
            Duration max = seconds < 0 ? null : Duration.ofSeconds(seconds);
            return new Found(new StoredSession(name, self, id, max, features), count.readInt());
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private static byte @Nullable [] value(List<StoreRecord> records, String key) {
        return records.stream()
                .filter(record -> record.key().equals(key))
                .map(StoreRecord::value)
                .findFirst()
                .orElse(null);
    }

    /** {@return the same by another name} */
    StoredSession named(String other) {
        return new StoredSession(other, self, id, max, features);
    }

    /** {@return what is to be written when it begins} */
    List<StoreChange> begun() {
        return List.of(toChange(), handled(0));
    }

    /** {@return what is to be written of all but the count} */
    StoreChange toChange() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(name);
            out.writeUTF(self.toString());
            out.writeUTF(id);
            out.writeInt(max == null ? -1 : (int) max.toSeconds());
            out.write(XmlWriter.encode(features.element()));
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return StoreChange.put(TABLE, SESSION, bytes.toByteArray());
    }

    /** {@return what is to be written when so many of the server's stanzas are handled} */
    static StoreChange handled(int count) {
        return StoreChange.put(TABLE, HANDLED, new byte[] {
            (byte) (count >>> 24), (byte) (count >>> 16), (byte) (count >>> 8), (byte) count
        });
    }

    /** {@return what is to be written when it is over} */
    static List<StoreChange> over() {
        return List.of(StoreChange.remove(TABLE, SESSION), StoreChange.remove(TABLE, HANDLED));
    }

    /** {@return a text without the id} */
    @Override
    public String toString() {
        return "StoredSession[" + name + " of " + self + "]";
    }
}
