package org.partyline.testkit;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.proxy.ArmedFault;
import org.partyline.testkit.internal.proxy.FaultKind;
import org.partyline.testkit.internal.proxy.FaultWay;
import org.partyline.testkit.internal.proxy.TlsMoment;

/**
 * Something that goes wrong on a connection through a {@link FaultProxy}: at once, unless told otherwise, and in both directions.
 * Immutable.
 */
public final class Fault {
    private final FaultKind kind;
    private final Set<FaultWay> ways;
    private final long afterBytes;
    private final @Nullable TlsMoment moment;
    private final int bytesPerSecond;

    private Fault(FaultKind kind, Set<FaultWay> ways, long afterBytes, @Nullable TlsMoment moment, int bytesPerSecond) {
        this.kind = kind;
        this.ways = ways;
        this.afterBytes = afterBytes;
        this.moment = moment;
        this.bytesPerSecond = bytesPerSecond;
    }

    private static Fault of(FaultKind kind) {
        return new Fault(kind, EnumSet.allOf(FaultWay.class), 0, null, 0);
    }

    /** {@return the connection is closed in order, with whatever is half-sent; once} */
    public static Fault finish() {
        return of(FaultKind.FINISH);
    }

    /** {@return the connection is reset; once} */
    public static Fault reset() {
        return of(FaultKind.RESET);
    }

    /** {@return bytes vanish, and nobody is told: a cable that was pulled; lasts} */
    public static Fault silence() {
        return of(FaultKind.SILENCE);
    }

    /** {@return bytes wait, and go on when it is over; lasts} */
    public static Fault stall() {
        return of(FaultKind.STALL);
    }

    /** {@return each byte comes by itself; lasts} */
    public static Fault slices() {
        return of(FaultKind.SLICE);
    }

    /**
     * {@return few bytes go through; lasts}
     *
     * @param bytesPerSecond how many in a second, from 20 on
     * @throws IllegalArgumentException if it is fewer
     */
    public static Fault slow(int bytesPerSecond) {
        if (bytesPerSecond < 20) {
            throw new IllegalArgumentException("at least 20 bytes a second go through, not " + bytesPerSecond);
        }
        return new Fault(FaultKind.SLOW, EnumSet.allOf(FaultWay.class), 0, null, bytesPerSecond);
    }

    /** {@return the same, of what the client says alone} */
    public Fault towardsServer() {
        return new Fault(kind, EnumSet.of(FaultWay.TO_SERVER), afterBytes, moment, bytesPerSecond);
    }

    /** {@return the same, of what the server says alone} */
    public Fault towardsClient() {
        return new Fault(kind, EnumSet.of(FaultWay.TO_CLIENT), afterBytes, moment, bytesPerSecond);
    }

    /**
     * {@return the same, when so many more bytes have gone through in the directions that it concerns, over all connections}
     *
     * @param bytes how many
     * @throws IllegalArgumentException if the number is negative
     */
    public Fault after(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a number of bytes is not negative: " + bytes);
        }
        return new Fault(kind, ways, bytes, null, bytesPerSecond);
    }

    /** {@return the same, in the next client's first TLS record} */
    public Fault atClientHello() {
        return at(TlsMoment.CLIENT_HELLO);
    }

    /** {@return the same, in the server's first TLS record of the next connection} */
    public Fault atServerHello() {
        return at(TlsMoment.SERVER_HELLO);
    }

    /** {@return the same, in the record that ends the next client's TLS handshake} */
    public Fault atClientFinished() {
        return at(TlsMoment.CLIENT_FINISHED);
    }

    /** {@return the same, in the first record behind the next client's TLS handshake} */
    public Fault atFirstData() {
        return at(TlsMoment.FIRST_DATA);
    }

    private Fault at(TlsMoment at) {
        FaultWay way = at == TlsMoment.SERVER_HELLO ? FaultWay.TO_CLIENT : FaultWay.TO_SERVER;
        return new Fault(kind, EnumSet.of(way), 0, at, bytesPerSecond);
    }

    ArmedFault armed() {
        return new ArmedFault(kind, ways, afterBytes, moment, bytesPerSecond);
    }

    /** {@return it in words, for reports} */
    @Override
    public String toString() {
        return kind
                + (ways.size() == 2 ? "" : " " + ways.iterator().next())
                + (afterBytes > 0 ? " after " + afterBytes : "")
                + (moment == null ? "" : " at " + moment)
                + (bytesPerSecond > 0 ? " at " + bytesPerSecond + " B/s" : "");
    }
}
