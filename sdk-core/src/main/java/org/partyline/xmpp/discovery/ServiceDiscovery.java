package org.partyline.xmpp.discovery;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;

/**
 * Asks what others are and can do (XEP-0030). Futures complete on the callback executor; they fail with
 * {@code NotConnectedException}, {@code RequestRejectedException}, {@code RequestTimeoutException},
 * {@code ConnectionLostException} or {@code LimitExceededException}. Cancelling one stops waiting for the answer.
 */
public interface ServiceDiscovery {

    /**
     * What something is.
     *
     * @param category such as {@code client}, {@code server}, {@code conference}
     * @param type such as {@code pc}, {@code im}, {@code text}
     * @param name what people call it, or null: foreign text
     */
    record Identity(String category, String type, @Nullable String name) {}

    /**
     * What something is and can do.
     *
     * @param identities at most 32
     * @param features at most 512
     */
    record Info(List<Identity> identities, Set<String> features) {
        /** Copies both. */
        public Info {
            identities = List.copyOf(identities);
            features = Set.copyOf(features);
        }

        /**
         * {@return whether a feature is among them}
         *
         * @param feature the feature's {@code var}
         */
        public boolean has(String feature) {
            return features.contains(feature);
        }
    }

    /**
     * Something that belongs to what was asked.
     *
     * @param jid its address
     * @param node its node, or null
     * @param name what people call it, or null: foreign text
     */
    record Item(Jid jid, @Nullable String node, @Nullable String name) {}

    /**
     * {@return what somebody is and can do; the server's and the account's own answers, and those of devices whose
     * capabilities are verified (XEP-0115), are kept for the session}
     *
     * @param address whom to ask
     */
    CompletableFuture<Info> info(Jid address);

    /**
     * {@return what belongs to somebody; at most 1,000}
     *
     * @param address whom to ask
     */
    CompletableFuture<List<Item>> items(Jid address);
}
