package org.partyline.auth.sasl;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.internal.crypto.Pbkdf2;

/** Gives a server what it needs to offer a stronger SCRAM to an account (XEP-0480 section 3). */
final class ScramUpgrade {
    private static final String PREFIX = "UPGR-";

    private ScramUpgrade() {}

    /** {@return those of the offered tasks that this side knows and that bring something new} */
    static List<String> useful(Collection<String> tasks, Collection<String> mechanisms) {
        List<String> useful = new ArrayList<>();
        for (ScramHash hash : ScramHash.values()) {
            if (tasks.contains(PREFIX + hash.mechanism())
                    && !mechanisms.contains(hash.mechanism())
                    && !mechanisms.contains(hash.boundMechanism())) {
                useful.add(PREFIX + hash.mechanism());
            }
        }
        return useful;
    }

    /** {@return the SaltedPassword, for the caller to wipe} */
    static byte[] saltedPassword(
            String task,
            String salt,
            @Nullable String iterations,
            Credentials.Password credentials,
            SaslOptions options,
            BooleanSupplier stop)
            throws SaslException {
        ScramHash hash = hash(task);
        byte[] saltBytes = ServerFirst.salt(salt);
        int count = ServerFirst.iterations(iterations == null ? "" : iterations, options);
        byte[] password = Prepared.password(credentials);
        long deadline = System.nanoTime() + options.deadline().toNanos();
        try {
            return Pbkdf2.derive(
                    hash.mac(password),
                    saltBytes,
                    count,
                    () -> stop.getAsBoolean() || System.nanoTime() - deadline > 0);
        } catch (CancellationException e) {
            throw new SaslException(
                    SaslException.Reason.CANCELLED, "the key derivation was cancelled, or took too long");
        } catch (GeneralSecurityException e) {
            throw new SaslException(SaslException.Reason.CREDENTIALS_UNUSABLE, "this JVM cannot compute " + task, e);
        } finally {
            Wipe.wipe(password);
        }
    }

    private static ScramHash hash(String task) throws SaslException {
        for (ScramHash hash : ScramHash.values()) {
            if (task.equals(PREFIX + hash.mechanism())) {
                return hash;
            }
        }
        throw new SaslException(SaslException.Reason.BAD_CHALLENGE, "a task that was not asked for");
    }
}
