package org.partyline.internal.delivery;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.message.DeliveryState;
import org.partyline.store.StoreRecord;

/**
 * What is stored of a sent message: how far it has come, in one table, and until the server has it what is to be sent, in
 * another, so that a change of state writes little.
 */
final class StoredMessage {
    static final String DELIVERY = "delivery";
    static final String OUTBOX = "outbox";
    private static final int VERSION = 3;
    /** The first knew no displayed markers, and no place in a session; the second, nothing of reports. */
    private static final int VERSION_1 = 1;

    private StoredMessage() {}

    /**
     * How far a message has come.
     *
     * @param reportDue whether the application may not have been told
     * @param condition why it was refused, or an empty text
     */
    record Progress(
            long place,
            Jid to,
            Requests requests,
            DeliveryState state,
            String writtenAfter,
            SessionPlace sessionPlace,
            boolean reportDue,
            String condition) {
        byte[] write() {
            return bytes(out -> {
                out.writeByte(VERSION);
                out.writeLong(place);
                out.writeUTF(to.toString());
                out.writeBoolean(requests.receipt());
                out.writeUTF(state.name());
                out.writeUTF(writtenAfter);
                out.writeBoolean(requests.displayed());
                out.writeUTF(sessionPlace.session());
                out.writeInt(sessionPlace.count());
                out.writeBoolean(reportDue);
                out.writeUTF(condition);
            });
        }

        /** {@return it, or null if it is of no version that is known} */
        static @Nullable Progress read(StoreRecord record) {
            return from(record, (version, in) -> {
                long place = in.readLong();
                Jid to = Jid.parse(in.readUTF());
                boolean receipt = in.readBoolean();
                DeliveryState state = DeliveryState.valueOf(in.readUTF());
                String writtenAfter = in.readUTF();
                boolean displayed = version != VERSION_1 && in.readBoolean();
                SessionPlace sessionPlace =
                        version == VERSION_1 ? SessionPlace.NONE : new SessionPlace(in.readUTF(), in.readInt());
                boolean reportDue = version == VERSION && in.readBoolean();
                String condition = version == VERSION ? in.readUTF() : "";
                return new Progress(
                        place,
                        to,
                        new Requests(receipt, displayed),
                        state,
                        writtenAfter,
                        sessionPlace,
                        reportDue,
                        condition);
            });
        }
    }

    /** What is to be sent. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Content(Instant expiresAt, byte[] encoded) {
        byte[] write() {
            return bytes(out -> {
                out.writeByte(VERSION);
                out.writeLong(expiresAt.toEpochMilli());
                out.writeInt(encoded.length);
                out.write(encoded);
            });
        }

        /** {@return it, or null if it is of no version that is known} */
        static @Nullable Content read(StoreRecord record) {
            return from(record, (version, in) -> {
                Instant expiresAt = Instant.ofEpochMilli(in.readLong());
                byte[] encoded = new byte[Math.min(in.readInt(), in.available())];
                in.readFully(encoded);
                return new Content(expiresAt, encoded);
            });
        }
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private interface Reading<T> {
        T from(int version, DataInputStream in) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static <T> @Nullable T from(StoreRecord record, Reading<T> reading) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record.value()));
        try {
            int version = in.readByte();
            return version >= VERSION_1 && version <= VERSION ? reading.from(version, in) : null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }
}
