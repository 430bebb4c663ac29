package org.partyline.xmpp.internal.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.partyline.trace.WireTrace;

/**
 * What was kept at one moment, made readable when asked.
 *
 * @param snapshot what was kept
 * @param origin the loop's clock when the client was made
 * @param bodies whether with what people wrote
 */
record XmppTrace(TraceRing.Snapshot snapshot, long origin, boolean bodies) implements WireTrace {
    private static final String INDENT = "    ";

    @Override
    public List<Entry> entries() {
        EncodedReader reader = new EncodedReader();
        List<Entry> entries = new ArrayList<>(snapshot.kept().size());
        for (Kept each : snapshot.kept()) {
            entries.add(new Entry(
                    Instant.ofEpochMilli(each.millis()),
                    Duration.ofNanos(each.nanos() - origin),
                    each.kind(),
                    each.connection(),
                    each.text(bodies, reader)));
        }
        return List.copyOf(entries);
    }

    @Override
    public long dropped() {
        return snapshot.dropped();
    }

    @Override
    public WireTrace withBodies(boolean with) {
        return new XmppTrace(snapshot, origin, with);
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder("Wire trace: ")
                .append(snapshot.kept().size())
                .append(" entries, ")
                .append(snapshot.dropped())
                .append(" older ones dropped; without secrets, ")
                .append(bodies ? "with" : "without")
                .append(" what people wrote\n");
        for (Entry each : entries()) {
            text.append('\n')
                    .append(each.time())
                    .append(String.format(
                            Locale.ROOT, " +%.3f s #%d ", each.elapsed().toNanos() / 1e9, each.connection()));
            switch (each.kind()) {
                case EVENT -> text.append(each.text()).append('\n');
                case SENT -> block(text.append("sent\n"), each.text());
                case RECEIVED -> block(text.append("received\n"), each.text());
            }
        }
        return text.toString();
    }

    private static void block(StringBuilder text, String xml) {
        xml.lines().forEach(line -> text.append(INDENT).append(line).append('\n'));
    }

    /** {@return the text, without what people wrote unless that was asked for} */
    @Override
    public String toString() {
        return text();
    }
}
