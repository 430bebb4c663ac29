package org.partyline.testkit.internal.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection and its way on: a thread for each direction, which passes bytes on unless a fault says otherwise. */
public final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int CHUNK = 16 * 1024;

    /** Knows what is to go wrong. */
    public interface Faults {
        /** {@return the faults that wait or last, in the order in which they were asked for} */
        Iterable<ArmedFault> armed();

        /** A fault has happened. */
        void fired(ArmedFault fault);

        /**
         * Waits while bytes of a direction are to wait.
         *
         * @param way the direction
         * @param relay whose bytes they are
         * @throws InterruptedException if the proxy is closed
         */
        void awaitMovement(FaultWay way, Relay relay) throws InterruptedException;
    }

    private final Socket client;
    private final Socket server;
    private final Faults faults;
    private final AtomicLong toServer = new AtomicLong();
    private final AtomicLong toClient = new AtomicLong();
    private volatile boolean ended;

    /**
     * @param client the connection that came
     * @param server the connection on
     * @param faults knows what is to go wrong
     */
    public Relay(Socket client, Socket server, Faults faults) {
        this.client = client;
        this.server = server;
        this.faults = faults;
    }

    /** {@return how many bytes went through in a direction} */
    public long passed(FaultWay way) {
        return (way == FaultWay.TO_SERVER ? toServer : toClient).get();
    }

    /** {@return whether it is over} */
    public boolean isEnded() {
        return ended;
    }

    /** Passes bytes on, until the connection ends. Blocks. */
    public void pump(FaultWay way) {
        byte[] chunk = new byte[CHUNK];
        TlsRecords records = new TlsRecords(way);
        XmlElements elements = new XmlElements();
        try {
            InputStream in = (way == FaultWay.TO_SERVER ? client : server).getInputStream();
            OutputStream out = (way == FaultWay.TO_SERVER ? server : client).getOutputStream();
            int read;
            while ((read = in.read(chunk)) >= 0) {
                faults.awaitMovement(way, this);
                if (!pass(way, chunk, read, records, elements, out)) {
                    return;
                }
            }
            if (!silenced(way)) {
                (way == FaultWay.TO_SERVER ? server : client).shutdownOutput();
            }
        } catch (IOException e) {
            // One side is gone, and the other learns of it as it would without a proxy, unless nothing reaches it.
            if (!silenced(way)) {
                reset();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean silenced(FaultWay way) {
        for (ArmedFault fault : faults.armed()) {
            if (fault.kind() == FaultKind.SILENCE && fault.concerns(way) && fault.fired()) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether the connection goes on} */
    private boolean pass(
            FaultWay way, byte[] chunk, int read, TlsRecords records, XmlElements elements, OutputStream out)
            throws IOException, InterruptedException {
        int from = 0;
        for (int i = 0; i < read; i++) {
            Moment moment = records.next(chunk[i]);
            if (moment == null) {
                moment = elements.next(chunk[i]);
            }
            if (moment == null) {
                continue;
            }
            for (ArmedFault fault : faults.armed()) {
                if (fault.concerns(way) && fault.isDue(moment) && !fault.isDue(null) && !fault.fired()) {
                    write(way, chunk, from, i + 1, out);
                    if (!happens(fault)) {
                        return false;
                    }
                    from = i + 1;
                    faults.awaitMovement(way, this);
                }
            }
        }
        return write(way, chunk, from, read, out);
    }

    private boolean write(FaultWay way, byte[] chunk, int from, int to, OutputStream out)
            throws IOException, InterruptedException {
        int end = to;
        ArmedFault ending = null;
        boolean silent = false;
        boolean slice = false;
        int slow = 0;
        for (ArmedFault fault : faults.armed()) {
            if (!fault.concerns(way) || (!fault.isDue(null) && !fault.fired())) {
                continue;
            }
            int allowed = fault.fired() ? 0 : fault.allowed(end - from);
            if (allowed == end - from && !fault.fired()) {
                continue;
            }
            if (fault.kind().isOnce()) {
                if (!fault.fired()) {
                    ending = fault;
                    end = from + allowed;
                }
            } else {
                if (fault.fire()) {
                    faults.fired(fault);
                }
                silent |= fault.kind() == FaultKind.SILENCE;
                slice |= fault.kind() == FaultKind.SLICE;
                slow = fault.kind() == FaultKind.SLOW ? fault.bytesPerSecond() : slow;
            }
        }
        if (!silent) {
            deliver(way, chunk, from, end, out, slice, slow);
        }
        return ending == null || happens(ending);
    }

    private void deliver(FaultWay way, byte[] chunk, int from, int to, OutputStream out, boolean slice, int slow)
            throws IOException, InterruptedException {
        int step = slice ? 1 : slow > 0 ? Math.max(1, slow / 20) : Math.max(1, to - from);
        for (int at = from; at < to; at += step) {
            int length = Math.min(step, to - at);
            out.write(chunk, at, length);
            out.flush();
            (way == FaultWay.TO_SERVER ? toServer : toClient).addAndGet(length);
            if (slow > 0) {
                Thread.sleep(50);
            }
        }
    }

    /** {@return whether the connection goes on} */
    private boolean happens(ArmedFault fault) {
        if (!fault.fire()) {
            return !ended;
        }
        faults.fired(fault);
        switch (fault.kind()) {
            case RESET -> reset();
            case FINISH -> end();
            default -> {
                return true; // it lasts, and is seen to by what is written next
            }
        }
        return false;
    }

    /** Ends the connection in order: what was written still arrives. */
    public void end() {
        close(false);
    }

    /** Ends the connection with a reset on both sides: lingering for no time makes close send one. */
    public void reset() {
        close(true);
    }

    private void close(boolean reset) {
        ended = true;
        for (Socket socket : new Socket[] {client, server}) {
            try {
                if (!socket.isClosed()) {
                    if (reset) {
                        socket.setSoLinger(true, 0);
                    }
                    socket.close();
                }
            } catch (IOException e) {
                LOG.debug("closed already, which is what was wanted: {}", e.toString());
            }
        }
    }
}
