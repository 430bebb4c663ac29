package org.partyline.auth.sasl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether SCRAM is bound to the TLS channel, and what the server is told of it: RFC 5802 section 6 by the rules of XEP-0440
 * section 4, as XEP-0474 section 6 changes them, and held to the account's pin.
 */
final class BindingChoice {
    private static final String END_POINT = "tls-server-end-point";

    private final String flag;
    private final byte @Nullable [] data;
    private final boolean hashRequired;

    /**
     * @param flag the GS2 header's flag: {@code p=TYPE}, {@code y} or {@code n}
     * @param data the binding, or null where there is none
     * @param hashRequired see {@link #hashRequired()}
     */
    BindingChoice(String flag, byte @Nullable [] data, boolean hashRequired) {
        this.flag = flag;
        this.data = data;
        this.hashRequired = hashRequired;
    }

    /** {@return the GS2 header's flag} */
    String flag() {
        return flag;
    }

    /** {@return the binding, or null where there is none} */
    byte @Nullable [] data() {
        return data;
    }

    /**
     * {@return whether the server must prove its lists by the hash of XEP-0474, because without it a man in the middle may
     * have changed them}
     */
    boolean hashRequired() {
        return hashRequired;
    }

    /** {@return whether a -PLUS mechanism is to be used} */
    boolean isBound() {
        return data != null;
    }

    /** {@return the binding's type, or null} */
    @Nullable
    String type() {
        return isBound() ? flag.substring(2) : null;
    }

    static BindingChoice of(SaslOffer offer, SecureChannel channel, @Nullable SecurityPin pin, boolean required)
            throws SaslException {
        boolean boundBefore = pin != null && pin.strongest() == SecurityPin.Strength.BOUND;
        BindingChoice choice = choose(offer, channel, pin == null ? null : pin.bindingType());
        if (choice.isBound()) {
            return choice;
        }
        if (required) {
            throw new SaslException(
                    SaslException.Reason.NO_MECHANISM,
                    "channel binding is required, and the server offers none that this side has: it announces "
                            + announced(offer) + ", and this side has " + channel.bindingTypes());
        }
        return boundBefore ? new BindingChoice(choice.flag(), null, true) : choice;
    }

    private static BindingChoice choose(SaslOffer offer, SecureChannel channel, @Nullable String usedBefore)
            throws SaslException {
        boolean plus = ScramHash.offeredBound(offer.mechanisms());
        List<String> announced = offer.bindingTypes();
        if (!plus && announced != null && !announced.isEmpty()) {
            throw stripped("the server announces channel binding types, but no mechanism that uses them");
        }
        if (!plus) {
            return new BindingChoice(channel.bindingTypes().isEmpty() ? "n" : "y", null, false);
        }
        if (announced == null || announced.isEmpty()) {
            // Servers before XEP-0440 took tls-unique alone, which this side does not have, and refuse a guess as they
            // do
            // a wrong password. So only what served before is tried again. The standard forbids such an offer together
            // with
            // XEP-0388, yet to refuse it there gains nothing: who strips the types can strip that profile as well.
            byte[] data = usedBefore == null ? null : channel.binding(usedBefore);
            return data == null
                    ? new BindingChoice("n", null, false)
                    : new BindingChoice("p=" + usedBefore, data, false);
        }
        for (String type : channel.bindingTypes()) {
            byte[] data = announced.contains(type) ? channel.binding(type) : null;
            if (data != null) {
                return new BindingChoice("p=" + type, data, false);
            }
        }
        return new BindingChoice("n", null, !announced.contains(END_POINT));
    }

    private static String announced(SaslOffer offer) {
        List<String> types = offer.bindingTypes();
        return types == null || types.isEmpty() ? "no types" : types.size() + " types";
    }

    private static SaslException stripped(String what) {
        return new SaslException(
                SaslException.Reason.DOWNGRADE,
                what + ": somebody between may have changed what it said (XEP-0440 section 4)");
    }
}
