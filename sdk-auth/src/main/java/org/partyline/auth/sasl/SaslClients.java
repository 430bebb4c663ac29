package org.partyline.auth.sasl;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.credentials.SecretStore;
import org.partyline.auth.sasl.SecurityPin.Strength;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the strongest mechanism of an account and starts it, and remembers what later sign-ins need: the salted SCRAM
 * keys that spare the key derivation (in memory only), the server's token for quick sign-in, and the pin that keeps a sign-in
 * from being made weaker. One object per account. Safe for use by many threads, but not called on an event loop unless a method allows it: stores
 * and credentials may block.
 *
 * <p>Strongest first: SCRAM bound to the TLS channel (SHA-512, SHA-256, SHA-1), SCRAM without, and PLAIN where it is allowed
 * and the account was never seen to have more. DIGEST-MD5, CRAM-MD5 and LOGIN are never used.
 */
public final class SaslClients implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SaslClients.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 18;

    private final String account;
    private final @Nullable String username;
    private final Credentials credentials;
    private final SaslOptions options;
    private final PinStore pins;
    private final FastTokens tokens;
    private final ScramKeys.Cache cache = new ScramKeys.Cache();
    /** The pin as it was read or written last; null before either. */
    private volatile @Nullable SecurityPin lastPin;

    private volatile boolean loaded;

    /**
     * Prepares sign-ins of one account. Nothing is asked of the credentials or the stores yet.
     *
     * @param account the account's bare address, or a domain alone
     * @param username the authentication identity (the account's local part), or null where the credentials need none
     * @param credentials what proves it
     * @param options what is accepted
     * @param pins what is remembered of earlier sign-ins
     * @param secrets keeps the server's token
     * @param clientId this installation's id, a random UUID (version 4), or null to make one, which lasts as long as the
     *     token in the store does
     */
    public SaslClients(
            String account,
            @Nullable String username,
            Credentials credentials,
            SaslOptions options,
            PinStore pins,
            SecretStore secrets,
            @Nullable UUID clientId) {
        this.account = Objects.requireNonNull(account, "account");
        this.username = username;
        this.credentials = Objects.requireNonNull(credentials, "credentials");
        this.options = Objects.requireNonNull(options, "options");
        this.pins = Objects.requireNonNull(pins, "pins");
        this.tokens = new FastTokens(account, Objects.requireNonNull(secrets, "secrets"), clientId, Clock.systemUTC());
    }

    /**
     * Starts the strongest mechanism that is offered, allowed, and usable with the credentials.
     *
     * @param offer what the server offers
     * @param channel the channel below
     * @return a client for one run
     * @throws SaslException with {@link SaslException.Reason#NO_MECHANISM} if there is none (the message names what was
     *     offered and why each was passed over), or with {@link SaslException.Reason#DOWNGRADE} if there is none that is as
     *     strong as before
     */
    public SaslClient start(SaslOffer offer, SecureChannel channel) throws SaslException {
        List<String> offered = offer.mechanisms();
        SaslClient client = null;
        SecurityPin pin = pin();
        if (credentials instanceof Credentials.Password password) {
            client = startWithPassword(offer, channel, pin, password);
        } else if (credentials instanceof Credentials.Token token) {
            client = offered.contains(BearerClient.MECHANISM) && channel.isVerified()
                    ? new BearerClient(account, token.source())
                    : null;
        } else if (credentials instanceof Credentials.Certificate) {
            client = offered.contains("EXTERNAL") && channel.isVerified() ? SimpleClient.external() : null;
        } else {
            client = offered.contains("ANONYMOUS") ? SimpleClient.anonymous() : null;
        }
        if (client == null) {
            boolean pinned = isPinnedAbovePlain(pin) && options.allowPlain() && offered.contains("PLAIN");
            throw new SaslException(
                    pinned ? SaslException.Reason.DOWNGRADE : SaslException.Reason.NO_MECHANISM,
                    PassedOver.describe(offered, credentials, options, channel.isVerified(), pinned));
        }
        return client;
    }

    private @Nullable SaslClient startWithPassword(
            SaslOffer offer, SecureChannel channel, @Nullable SecurityPin pin, Credentials.Password password)
            throws SaslException {
        String name = requireUsername();
        List<String> offered = offer.mechanisms();
        if (ScramHash.offeredAny(offered)) {
            BindingChoice binding = BindingChoice.of(offer, channel, pin, options.requireChannelBinding());
            for (ScramHash hash : ScramHash.values()) {
                if (offered.contains(binding.isBound() ? hash.boundMechanism() : hash.mechanism())) {
                    return new ScramClient(hash, name, password, options, cache, offer, binding, nonce());
                }
            }
        }
        boolean plain = offered.contains("PLAIN")
                && options.allowPlain()
                && !options.requireChannelBinding()
                && channel.isVerified()
                && !isPinnedAbovePlain(pin);
        return plain ? SimpleClient.plain(name, password) : null;
    }

    private static boolean isPinnedAbovePlain(@Nullable SecurityPin pin) {
        return pin != null && pin.strongest() != Strength.SHOWN;
    }

    private String requireUsername() throws SaslException {
        String name = username;
        if (name == null) {
            throw new SaslException(SaslException.Reason.CREDENTIALS_UNUSABLE, "a password needs a user name");
        }
        return name;
    }

    /**
     * Starts a sign-in by the token that the server gave (XEP-0484).
     *
     * @param offered the token mechanisms that the server offers
     * @param channel the channel below
     * @return a client for one run, or null if there is no token that can be used
     * @throws SaslException if the pin cannot be read
     */
    public @Nullable SaslClient startWithToken(Collection<String> offered, SecureChannel channel) throws SaslException {
        FastToken token = usesTokens() && channel.isVerified() ? tokens.present() : null;
        return token == null ? null : tokenClient(token, offered, channel, mustBeBound());
    }

    /** Brings what the stores have into memory, once, so that {@link #startQuickly} can serve. */
    public void load() {
        if (!loaded && usesTokens()) {
            tokens.load();
            try {
                pin();
                loaded = true;
            } catch (SaslException e) {
                // The next sign-in fails by it, in its usual way.
                LOG.debug("the pin could not be read beforehand: {}", e.getMessage());
            }
        }
    }

    /**
     * Starts a sign-in by the token that the server gave, from what is in memory alone. Never blocks, so it may be called on
     * an event loop; what it gives needs neither a worker for its messages.
     *
     * @param channel the channel below
     * @param publicKey base64 of the SHA-256 of the server's public key; another than before needs a closer look, so no client
     *     is given then
     * @return a client for one run, or null if the sign-in has to begin in the usual way
     */
    public @Nullable SaslClient startQuickly(SecureChannel channel, String publicKey) {
        FastToken token = loaded && channel.isVerified() ? tokens.presentInMemory() : null;
        SecurityPin pin = lastPin;
        if (token == null || (pin != null && pin.publicKey() != null && !publicKey.equals(pin.publicKey()))) {
            return null;
        }
        boolean bound = options.requireChannelBinding() || (pin != null && pin.strongest() == Strength.BOUND);
        return tokenClient(token, null, channel, bound);
    }

    private @Nullable SaslClient tokenClient(
            FastToken token, @Nullable Collection<String> offered, SecureChannel channel, boolean bound) {
        HtMechanism mechanism = HtMechanism.named(token.mechanism());
        String name = username;
        if (mechanism == null || name == null || (bound && mechanism.bindingType() == null)) {
            return null;
        }
        byte[] binding = mechanism.binding(channel);
        if (binding == null || (offered != null && !offered.contains(mechanism.name()))) {
            return null;
        }
        return new HtClient(mechanism, name, token.secret(), binding);
    }

    /** {@return what the server let sign-in carry when it gave the token in memory; empty if there is none; never blocks} */
    public List<String> rememberedInline() {
        FastToken token = tokens.presentInMemory();
        return token == null ? List.of() : token.inline();
    }

    /**
     * {@return the mechanism to ask a token for, or null if none is to be asked for}
     *
     * @param offered the token mechanisms that the server offers
     * @param channel the channel below
     * @param running the sign-in that asks for it; a token is bound to the channel where this is
     * @throws SaslException if the pin cannot be read
     */
    public @Nullable String tokenMechanism(Collection<String> offered, SecureChannel channel, SaslClient running)
            throws SaslException {
        if (!usesTokens() || !channel.isVerified()) {
            return null;
        }
        boolean bound = running.strength() == Strength.BOUND || mustBeBound();
        HtMechanism mechanism = HtMechanism.strongest(offered, channel, bound);
        return mechanism == null ? null : mechanism.name();
    }

    private boolean usesTokens() {
        return username != null
                && (credentials instanceof Credentials.Password || credentials instanceof Credentials.Token);
    }

    private boolean mustBeBound() throws SaslException {
        SecurityPin pin = pin();
        return options.requireChannelBinding() || (pin != null && pin.strongest() == Strength.BOUND);
    }

    /** {@return this installation's id for the server (XEP-0388 section 2.3)} */
    public UUID clientId() {
        return tokens.clientId();
    }

    /**
     * {@return the tasks to ask for, by which the server comes to offer a stronger SCRAM (XEP-0480). None unless the sign-in
     * is by password and bound to the channel: who is in between must not get what a password can be guessed from}
     *
     * @param tasks the tasks that the server offers
     * @param offer what the server offers
     * @param running the sign-in
     */
    public List<String> upgrades(Collection<String> tasks, SaslOffer offer, SaslClient running) {
        boolean bound = running.strength() == Strength.BOUND && running instanceof ScramClient;
        return bound ? ScramUpgrade.useful(tasks, offer.mechanisms()) : List.of();
    }

    /**
     * {@return the salted password that completes a task, for the caller to wipe}
     *
     * @param task one that was asked for
     * @param salt the server's salt, in base64
     * @param iterations the server's iteration count, or null if it gave none
     * @param stop asked now and then whether to give up
     * @throws SaslException if salt or count are not acceptable, or the password cannot be had
     */
    public byte[] saltedPassword(String task, String salt, @Nullable String iterations, BooleanSupplier stop)
            throws SaslException {
        if (!(credentials instanceof Credentials.Password password)) {
            throw new SaslException(SaslException.Reason.BAD_CHALLENGE, "a task that was not asked for");
        }
        return ScramUpgrade.saltedPassword(task, salt, iterations, password, options, stop);
    }

    /**
     * {@return what is remembered of the account's sign-ins, or null if nothing is}
     *
     * @throws SaslException if the store fails
     */
    public @Nullable SecurityPin pin() throws SaslException {
        try {
            SecurityPin pin = pins.read(account);
            lastPin = pin;
            return pin;
        } catch (RuntimeException e) {
            throw new SaslException(
                    SaslException.Reason.CREDENTIALS_UNUSABLE,
                    "the pin store failed: " + e.getClass().getName());
        }
    }

    /**
     * Remembers a sign-in that succeeded.
     *
     * @param client how it was done
     * @param publicKey base64 of the SHA-256 of the server's public key, or null if not known
     * @param token the token that came with it, or null if none came
     */
    public void succeeded(SaslClient client, @Nullable String publicKey, @Nullable FastToken token) {
        if (token != null) {
            tokens.keep(token);
        }
        try {
            SecurityPin former = pins.read(account);
            SecurityPin pin = raised(former, client, publicKey);
            lastPin = pin;
            if (!pin.equals(former)) {
                pins.write(account, pin);
            }
        } catch (RuntimeException e) {
            LOG.warn("the pin store failed: {}", e.getClass().getName());
        }
    }

    private static SecurityPin raised(@Nullable SecurityPin former, SaslClient client, @Nullable String publicKey) {
        Strength strength = client.strength();
        String type = client.bindingType();
        if (former != null && former.strongest().compareTo(strength) > 0) {
            strength = former.strongest();
        }
        if (type == null && former != null) {
            type = former.bindingType();
        }
        return new SecurityPin(strength, type, publicKey != null || former == null ? publicKey : former.publicKey());
    }

    /**
     * Takes note of a sign-in that the server refused.
     *
     * @param client how it was tried
     * @return whether it is of use to try again at once: a token was used that may have ended, and another way is left
     */
    public boolean refused(SaslClient client) {
        if (client instanceof HtClient) {
            tokens.drop();
            return true;
        }
        return client instanceof BearerClient bearer && bearer.dropRefused();
    }

    private static String nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return Base64.getEncoder().withoutPadding().encodeToString(nonce);
    }

    /** Wipes the kept keys and the token in memory. */
    @Override
    public void close() {
        cache.close();
        tokens.close();
    }
}
