package org.partyline.xmpp.internal.session;

import java.util.concurrent.CompletableFuture;
import org.partyline.error.ImException;
import org.partyline.internal.engine.Outbound;
import org.partyline.internal.engine.OutboxTracker;
import org.partyline.internal.engine.RequestTracker;
import org.partyline.transport.xml.XmlElement;

/** The three kinds of what goes out: messages that are kept, requests that are awaited, and the rest. */
final class OutboundStanza {
    private OutboundStanza() {}

    /** A message: kept until the server has it. */
    static final class Kept extends Outbound {
        private final OutboxTracker tracker;

        Kept(byte[] encoded, OutboxTracker tracker, long deadline) {
            super(encoded, Kind.KEPT, deadline);
            this.tracker = tracker;
        }

        /** An earlier process may have written it. */
        void wasWrittenBefore() {
            markWritten();
        }

        OutboxTracker tracker() {
            return tracker;
        }

        @Override
        protected boolean isKnownHandled() {
            return tracker.isAnswered();
        }

        @Override
        protected void onWritten(int count) {
            tracker.onWritten(count);
        }

        @Override
        protected void onAcknowledged() {
            tracker.onAcknowledged();
        }

        @Override
        protected void onExpired() {
            tracker.onExpired();
        }

        @Override
        protected void onDropped(ImException cause) {
            tracker.onDropped();
        }
    }

    /** An IQ request. */
    static final class Request extends Outbound {
        private final RequestTracker<XmlElement> requests;
        private final RequestTracker.Request<XmlElement> request;

        Request(byte[] encoded, RequestTracker<XmlElement> requests, RequestTracker.Request<XmlElement> request) {
            super(encoded, Kind.SESSION);
            this.requests = requests;
            this.request = request;
        }

        @Override
        protected boolean admit() {
            // Cancelled, or over the limit: there is nobody to tell of an answer.
            return !request.future().isDone() && requests.add(request);
        }

        @Override
        protected void onDropped(ImException cause) {
            requests.remove(request.id());
            request.future().completeExceptionally(Failures.forOperation(request.operation(), cause));
        }
    }

    /** Whatever is sent now or not at all. */
    static final class Once extends Outbound {
        private final String operation;
        private final CompletableFuture<Void> written;

        Once(byte[] encoded, Kind kind, String operation, CompletableFuture<Void> written) {
            super(encoded, kind);
            this.operation = operation;
            this.written = written;
        }

        @Override
        protected void onWritten(int count) {
            written.complete(null);
        }

        @Override
        protected void onDropped(ImException cause) {
            written.completeExceptionally(Failures.forOperation(operation, cause));
        }
    }
}
