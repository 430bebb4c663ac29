package org.partyline.xmpp.internal.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Feature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every feature what becomes of the session. One that fails is logged, and does not keep it from the others. */
final class FeatureSet {
    private static final Logger LOG = LoggerFactory.getLogger(FeatureSet.class);

    private final List<Feature> features;

    FeatureSet(List<? extends Feature> features) {
        this.features = List.copyOf(features);
    }

    /** Completes when every feature is ready, or has failed; never fails. */
    CompletableFuture<Void> bound() {
        return all(Feature::onBound);
    }

    /** As {@link #bound()}. */
    CompletableFuture<Void> takenOver() {
        return all(Feature::onTakenOver);
    }

    private CompletableFuture<Void> all(Function<Feature, CompletableFuture<Void>> call) {
        return CompletableFuture.allOf(
                features.stream().map(feature -> ready(feature, call)).toArray(CompletableFuture<?>[]::new));
    }

    /** What the features would switch on with the binding, of the namespaces that the server allows there. */
    List<XmlElement> inlineWishes(List<String> allowed) {
        List<XmlElement> wishes = new ArrayList<>();
        for (Feature feature : features) {
            XmlElement wish = feature.inlineWish();
            if (wish != null && allowed.contains(wish.namespace())) {
                wishes.add(wish);
            }
        }
        return wishes;
    }

    private static CompletableFuture<?> ready(Feature feature, Function<Feature, CompletableFuture<Void>> call) {
        CompletableFuture<Void> ready;
        try {
            ready = call.apply(feature);
        } catch (RuntimeException e) {
            ready = CompletableFuture.failedFuture(e);
        }
        return ready.exceptionally(failure -> {
            LOG.warn("{} is not ready: {}", feature.getClass().getSimpleName(), failure.toString());
            return null;
        });
    }

    void resumed() {
        each(Feature::onResumed);
    }

    void offline() {
        each(Feature::onOffline);
    }

    void sessionEnded() {
        each(Feature::onSessionEnded);
    }

    void closed() {
        each(Feature::onClosed);
    }

    private void each(Consumer<Feature> call) {
        for (Feature feature : features) {
            try {
                call.accept(feature);
            } catch (RuntimeException e) {
                LOG.error("{} failed", feature.getClass().getSimpleName(), e);
            }
        }
    }
}
