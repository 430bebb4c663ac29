package org.partyline.testkit.internal.fault;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;

/**
 * The faults ordered for one account, or for all. Belongs to the network's loop, as does all that reads it.
 */
public final class FaultPlan {

    /** What happens when a stage is reached. */
    public enum Reaction {
        /** The server says nothing more, and keeps the connection open. */
        FALL_SILENT,
        /** The connection is reset. */
        CUT
    }

    /** How an attempt to resume is answered. */
    public enum Resumption {
        ALLOWED,
        REFUSED,
        /** Refused, with the number of stanzas that the server had handled. */
        REFUSED_WITH_COUNT
    }

    private final Map<FaultStage, Reaction> stages = new EnumMap<>(FaultStage.class);
    private final PageFaults pages = new PageFaults();
    private long cutAfterReceived = -1;
    private long cutAfterSent = -1;
    private Resumption resumption = Resumption.ALLOWED;
    private long counterOffset;
    private boolean acksHeld;
    private boolean acksDoubled;
    private boolean startTlsStripped;
    private boolean certificateUntrusted;
    private @Nullable String otherHost;
    private int bytesPerSecond;
    private @Nullable Long splitSeed;
    private UnaryOperator<XmlElement> rewriting = features -> features;

    /** Takes every order back. */
    public void clear() {
        stages.clear();
        pages.clear();
        cutAfterReceived = -1;
        cutAfterSent = -1;
        resumption = Resumption.ALLOWED;
        counterOffset = 0;
        acksHeld = false;
        acksDoubled = false;
        startTlsStripped = false;
        certificateUntrusted = false;
        otherHost = null;
        bytesPerSecond = 0;
        splitSeed = null;
        rewriting = features -> features;
    }

    /** {@return what goes wrong with the pages of archives} */
    public PageFaults pages() {
        return pages;
    }

    public void stageReaction(FaultStage stage, Reaction reaction) {
        stages.put(stage, Objects.requireNonNull(reaction));
    }

    /** {@return what happens at this stage, or null for nothing} */
    public @Nullable Reaction at(FaultStage stage) {
        return stages.get(stage);
    }

    public void cutAfterReceived(long stanzas) {
        cutAfterReceived = stanzas;
    }

    public void cutAfterSent(long stanzas) {
        cutAfterSent = stanzas;
    }

    /** {@return whether the connection is cut, now that one more stanza was received} Holds once. */
    public boolean stanzaReceived() {
        return cutAfterReceived > 0 && --cutAfterReceived == 0;
    }

    /** {@return whether the connection is cut, now that one more stanza was sent} Holds once. */
    public boolean stanzaSent() {
        return cutAfterSent > 0 && --cutAfterSent == 0;
    }

    public void resumption(Resumption resumption) {
        this.resumption = resumption;
    }

    public Resumption resumption() {
        return resumption;
    }

    public void counterOffset(long offset) {
        this.counterOffset = offset;
    }

    /** {@return what is added to every count of handled stanzas that the server tells} */
    public long counterOffset() {
        return counterOffset;
    }

    public void holdAcks(boolean held) {
        this.acksHeld = held;
    }

    public boolean acksHeld() {
        return acksHeld;
    }

    public void doubleAcks(boolean doubled) {
        this.acksDoubled = doubled;
    }

    public boolean acksDoubled() {
        return acksDoubled;
    }

    public void stripStartTls(boolean stripped) {
        this.startTlsStripped = stripped;
    }

    public boolean startTlsStripped() {
        return startTlsStripped;
    }

    public void untrustedCertificate(boolean untrusted) {
        this.certificateUntrusted = untrusted;
    }

    public boolean certificateUntrusted() {
        return certificateUntrusted;
    }

    public void otherHost(@Nullable String place) {
        this.otherHost = place;
    }

    /** {@return where clients are sent instead, or null} */
    public @Nullable String otherHost() {
        return otherHost;
    }

    public void slow(int bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** {@return how fast the server writes, 0 for as fast as it can} */
    public int bytesPerSecond() {
        return bytesPerSecond;
    }

    /** Adds a change of the features before the sign-in to those that were ordered before. */
    public void rewrite(UnaryOperator<XmlElement> change) {
        UnaryOperator<XmlElement> before = rewriting;
        rewriting = features -> change.apply(before.apply(features));
    }

    /** {@return what the client gets to see of the features before the sign-in} */
    public XmlElement rewritten(XmlElement features) {
        return rewriting.apply(features);
    }

    public void splitBytes(@Nullable Long seed) {
        this.splitSeed = seed;
    }

    /** {@return the seed of the sizes that the server's bytes are split into, or null for no splitting} */
    public @Nullable Long splitSeed() {
        return splitSeed;
    }
}
