package org.partyline.testkit;

import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.proxy.ArmedFault;
import org.partyline.testkit.internal.proxy.FaultKind;
import org.partyline.testkit.internal.proxy.FaultWay;
import org.partyline.testkit.internal.proxy.Moment;
import org.partyline.testkit.internal.proxy.TlsMoment;
import org.partyline.testkit.internal.proxy.XmlMoment;

/**
 * Something that goes wrong on a connection through a {@link FaultProxy}: at once, unless told otherwise, and in both directions.
 * Immutable.
 */
public final class Fault {
    private static final int MOST_BYTES_DRAWN = 20_000;

    private final FaultKind kind;
    private final Set<FaultWay> ways;
    private final long afterBytes;
    private final @Nullable Moment moment;
    private final int bytesPerSecond;

    private Fault(FaultKind kind, Set<FaultWay> ways, long afterBytes, @Nullable Moment moment, int bytesPerSecond) {
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

    /**
     * {@return the same, in the first tag of the next such element, behind its name: what a parser has then is half an element}
     *
     * <p>Elements are seen where nothing encrypts them, on a plain stream of XML: stanzas, and what else is a child of the stream.
     *
     * @param element the local name, such as {@code message}
     */
    public Fault inside(String element) {
        return new Fault(kind, ways, 0, new XmlMoment(element, XmlMoment.Place.INSIDE), bytesPerSecond);
    }

    /**
     * {@return the same, right behind the next such element: {@code reset().behind("resume")} leaves a client without an answer to
     * whether its session goes on}
     *
     * <p>Elements are seen where nothing encrypts them, as with {@link #inside}.
     *
     * @param element the local name, such as {@code message}
     */
    public Fault behind(String element) {
        return new Fault(kind, ways, 0, new XmlMoment(element, XmlMoment.Place.BEHIND), bytesPerSecond);
    }

    /**
     * {@return a fault that is drawn by lot: any kind, in one direction or in both, now or within some twenty thousand bytes, or in a
     * TLS handshake to come}
     *
     * @param random draws; the same seed draws the same faults
     */
    public static Fault drawn(RandomGenerator random) {
        Fault fault = switch (random.nextInt(8)) {
            case 0 -> finish();
            case 1 -> reset();
            case 2, 3 -> silence();
            case 4 -> stall();
            case 5 -> slices();
            case 6 -> slow(1_024);
            default -> {
                Fault end = random.nextBoolean() ? reset() : finish();
                TlsMoment[] moments = TlsMoment.values();
                yield end.at(moments[random.nextInt(moments.length)]);
            }
        };
        if (fault.moment != null) {
            return fault;
        }
        int way = random.nextInt(4);
        Fault oneWay = way == 0 ? fault.towardsServer() : way == 1 ? fault.towardsClient() : fault;
        return random.nextBoolean() ? oneWay : oneWay.after(random.nextInt(MOST_BYTES_DRAWN));
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
