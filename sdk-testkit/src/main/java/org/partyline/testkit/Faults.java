package org.partyline.testkit;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.FastTokens;
import org.partyline.testkit.internal.fault.FaultPlan;
import org.partyline.testkit.internal.fault.FaultPlan.Reaction;
import org.partyline.testkit.internal.fault.FaultPlan.Resumption;
import org.partyline.testkit.internal.fault.FaultStage;
import org.partyline.testkit.internal.fault.OfferRewriting;
import org.partyline.testkit.internal.net.NetworkServer;
import org.partyline.testkit.internal.stream.ClientStream;
import org.partyline.transport.xml.XmlElement;

/**
 * Makes things go wrong, for one account or for all. An order holds from the call's return until {@link #clear()}; those that
 * say so happen once. Methods may be called by any thread, and return this.
 *
 * <pre>{@code
 * network.faults(romeo).cutAfterReceived(3);   // the connection is reset once three more stanzas of Romeo came in
 * network.faults().splitBytes(42);             // everybody gets the server's bytes in small pieces
 * }</pre>
 */
public final class Faults {

    /** Moments of a sign-in. */
    public enum Stage {
        /** In the middle of the server's first flight of the TLS handshake. Only for all: no account is known yet. */
        TLS_HANDSHAKE,
        /** After the client opened a stream, before the server answers. */
        STREAM_FEATURES,
        /** Before a SASL challenge is sent. Only for all. */
        SASL_CHALLENGE,
        /** After the proof was accepted, before the client hears of it. */
        SASL_SUCCESS,
        /** Before a resource is bound. */
        BIND,
        /** Before the server answers an attempt to resume. */
        RESUME
    }

    private static final Set<Stage> BEFORE_SIGN_IN = EnumSet.of(Stage.TLS_HANDSHAKE, Stage.SASL_CHALLENGE);

    private final NetworkServer server;
    private final FaultPlan plan;
    private final @Nullable Account account;

    Faults(NetworkServer server, FaultPlan plan, @Nullable Account account) {
        this.server = server;
        this.plan = plan;
        this.account = account;
    }

    Faults order(Consumer<FaultPlan> change) {
        server.run(() -> change.accept(plan));
        return this;
    }

    /**
     * Takes all orders back. Counts that were held back are told, and pages of archives that were held are answered.
     *
     * @return this
     */
    public Faults clear() {
        order(FaultPlan::clear);
        return onStreams(ClientStream::tellHeldCount);
    }

    /**
     * Resets the connection, once, after so many more stanzas came in and were handled.
     *
     * @param stanzas how many, at least 1
     * @return this
     * @throws IllegalArgumentException if {@code stanzas} is less than 1
     */
    public Faults cutAfterReceived(int stanzas) {
        requirePositive(stanzas);
        return order(faults -> faults.cutAfterReceived(stanzas));
    }

    /**
     * Closes the connection, once, after so many more stanzas were sent to the client: they arrive, nothing after them does.
     *
     * @param stanzas how many, at least 1
     * @return this
     * @throws IllegalArgumentException if {@code stanzas} is less than 1
     */
    public Faults cutAfterSent(int stanzas) {
        requirePositive(stanzas);
        return order(faults -> faults.cutAfterSent(stanzas));
    }

    /**
     * Resets the present connections, now: for all, also those that are still signing in.
     *
     * @return this
     */
    public Faults cut() {
        return onStreams(ClientStream::reset);
    }

    /**
     * Makes the present connections half-open, now: nothing is received or sent on them any more, and they stay open. New
     * connections work.
     *
     * @return this
     */
    public Faults halfOpen() {
        return onStreams(ClientStream::fallSilent);
    }

    private Faults onStreams(Consumer<ClientStream> action) {
        server.run(() -> server.streams().stream()
                .filter(stream -> account == null || account == stream.account())
                .forEach(action));
        return this;
    }

    /**
     * Falls silent whenever a sign-in comes to this stage, with the connection open.
     *
     * @param stage the stage
     * @return this
     * @throws IllegalStateException if the stage is only for all, and these are the faults of one account
     */
    public Faults stopAt(Stage stage) {
        if (BEFORE_SIGN_IN.contains(stage)) {
            requireForAll();
        }
        return order(faults -> faults.stageReaction(internal(stage), Reaction.FALL_SILENT));
    }

    /**
     * Resets the connection whenever a sign-in comes to this stage.
     *
     * @param stage the stage
     * @return this
     * @throws IllegalStateException if the stage is only for all, and these are the faults of one account
     */
    public Faults cutAt(Stage stage) {
        if (BEFORE_SIGN_IN.contains(stage)) {
            requireForAll();
        }
        return order(faults -> faults.stageReaction(internal(stage), Reaction.CUT));
    }

    private static FaultStage internal(Stage stage) {
        return FaultStage.valueOf(Objects.requireNonNull(stage, "stage").name());
    }

    /**
     * Refuses to resume any session, as if it had ended; what its client had not confirmed goes another way.
     *
     * @param tellCount whether the refusal tells how many stanzas had been handled (XEP-0198 section 5)
     * @return this
     */
    public Faults refuseResume(boolean tellCount) {
        return order(faults -> faults.resumption(tellCount ? Resumption.REFUSED_WITH_COUNT : Resumption.REFUSED));
    }

    /**
     * Tells wrong counts of handled stanzas.
     *
     * @param offset what is added to every count that is told; 0 for the truth
     * @return this
     */
    public Faults wrongCounter(int offset) {
        return order(faults -> faults.counterOffset(offset));
    }

    /**
     * Leaves requests for a count unanswered.
     *
     * @return this
     */
    public Faults holdAcks() {
        return order(faults -> faults.holdAcks(true));
    }

    /**
     * Answers every request for a count twice.
     *
     * @return this
     */
    public Faults doubleAcks() {
        return order(faults -> faults.doubleAcks(true));
    }

    /** {@return what can go wrong with the pages of archives (XEP-0313)} */
    public ArchiveFaults archive() {
        return new ArchiveFaults(this);
    }

    /**
     * Writes no faster than this. What waits is bounded by 8 MiB a connection; one that exceeds it is closed.
     *
     * @param bytesPerSecond the rate, at least 1
     * @return this
     * @throws IllegalArgumentException if {@code bytesPerSecond} is less than 1
     */
    public Faults slow(int bytesPerSecond) {
        requirePositive(bytesPerSecond);
        return order(faults -> faults.slow(bytesPerSecond));
    }

    /**
     * Writes in pieces of 1 to 24 bytes, each by itself. Within TLS each piece is a record of its own, and the records are
     * split again.
     *
     * @param seed what decides the sizes
     * @return this
     */
    public Faults splitBytes(long seed) {
        return order(faults -> faults.splitBytes(seed));
    }

    /**
     * Leaves STARTTLS out of the features and offers sign-in in the clear, as an attacker in the middle would. Only for all.
     *
     * @return this
     * @throws IllegalStateException if these are the faults of one account
     */
    public Faults stripStartTls() {
        requireForAll();
        return order(faults -> faults.stripStartTls(true));
    }

    /**
     * Shows a certificate of an authority that nobody trusts. Only for all.
     *
     * @return this
     * @throws IllegalStateException if these are the faults of one account
     */
    public Faults untrustedCertificate() {
        requireForAll();
        return order(faults -> faults.untrustedCertificate(true));
    }

    /**
     * Sends every client away after TLS (RFC 6120 section 4.9.3.19). Only for all.
     *
     * @param host a host name or address
     * @param port the port, 1 to 65535
     * @return this
     * @throws IllegalArgumentException if that is no place
     * @throws IllegalStateException if these are the faults of one account
     */
    public Faults seeOtherHost(String host, int port) {
        requireForAll();
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a place: " + host + ":" + port);
        }
        boolean ipv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        return order(faults -> faults.otherHost((ipv6 ? "[" + host + "]" : host) + ":" + port));
    }

    /**
     * Leaves every trace of channel binding out of what is offered, as somebody in the middle would: the {@code -PLUS}
     * mechanisms, the list of types (XEP-0440), and the mechanisms for tokens that bind. The network itself goes by what it
     * really offers: it refuses a client that says it would have bound (RFC 5802 section 6), and its hash of the offer
     * (XEP-0474) is that of the real one. Only for all.
     *
     * @return this
     * @throws IllegalStateException if these are the faults of one account
     */
    public Faults stripChannelBinding() {
        return rewriteFeatures(OfferRewriting::withoutBinding);
    }

    /**
     * Shows other mechanisms than are really offered, in both SASL profiles, as somebody in the middle would. A client that
     * tries one that is not really offered is refused; {@link SignInStatistics#attempts()} tells that it did. Only for all.
     *
     * @param names their names, for instance {@code PLAIN} alone
     * @return this
     * @throws IllegalStateException if these are the faults of one account
     */
    public Faults advertiseMechanisms(String... names) {
        List<String> shown = List.of(names);
        return rewriteFeatures(features -> OfferRewriting.mechanisms(features, shown));
    }

    /**
     * Shows other types of channel binding than are really offered, as somebody in the middle would. Only for all.
     *
     * @param types their names; none to leave the list out
     * @return this
     * @throws IllegalStateException if these are the faults of one account
     */
    public Faults advertiseChannelBindings(String... types) {
        List<String> shown = List.of(types);
        return rewriteFeatures(features -> OfferRewriting.bindings(features, shown));
    }

    /**
     * Changes the stream features that a client is shown before it signs in, as somebody in the middle would. Changes add up.
     * Only for all.
     *
     * @param change gives what is shown instead; called by the network's thread, must not block. If it fails the connection
     *     is closed
     * @return this
     * @throws IllegalStateException if these are the faults of one account
     */
    public Faults rewriteFeatures(UnaryOperator<XmlElement> change) {
        requireForAll();
        Objects.requireNonNull(change, "change");
        return order(faults -> faults.rewrite(change));
    }

    /**
     * Ends the time of the tokens that clients have (XEP-0484), now. A sign-in by one is refused with
     * {@code credentials-expired}.
     *
     * @return this
     */
    public Faults expireTokens() {
        return onTokens(FastTokens::expireAll);
    }

    /**
     * Forgets the tokens that clients have (XEP-0484), now. A sign-in by one is refused with {@code not-authorized}.
     *
     * @return this
     */
    public Faults forgetTokens() {
        return onTokens(FastTokens::clear);
    }

    private Faults onTokens(Consumer<FastTokens> action) {
        server.run(() -> {
            List<Account> accounts =
                    account == null ? server.hub().router().directory().accounts() : List.of(account);
            accounts.forEach(each -> action.accept(each.tokens()));
        });
        return this;
    }

    private void requireForAll() {
        if (account != null) {
            throw new IllegalStateException("only for all: this comes before it is known who signs in");
        }
    }

    static void requirePositive(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("must be at least 1: " + value);
        }
    }
}
