package org.partyline.xmpp.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.error.ConnectionException;
import org.partyline.error.ConnectionException.Reason;
import org.partyline.error.ConnectionLostException;
import org.partyline.error.ProtocolViolationException;
import org.partyline.error.RequestRejectedException;
import org.partyline.error.RequestTimeoutException;
import org.partyline.internal.engine.Verdict;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.negotiation.ConnectFailures;
import org.partyline.xmpp.internal.negotiation.StreamErrors;

class RetryTableTest {
    @ParameterizedTest
    @CsvSource({
        "bad-format, RETRY_SOON",
        "bad-namespace-prefix, STOP",
        "conflict, STOP",
        "connection-timeout, RETRY_SOON",
        "host-gone, STOP",
        "host-unknown, STOP",
        "improper-addressing, STOP",
        "internal-server-error, RETRY_SPREAD",
        "invalid-from, STOP",
        "invalid-namespace, STOP",
        "invalid-xml, RETRY_SOON",
        "not-authorized, STOP",
        "not-well-formed, RETRY_SOON",
        "policy-violation, RETRY_SPREAD",
        "remote-connection-failed, RETRY_SPREAD",
        "reset, RETRY_SPREAD",
        "resource-constraint, RETRY_SPREAD",
        "restricted-xml, RETRY_SOON",
        "see-other-host, RETRY_SPREAD",
        "system-shutdown, RETRY_SPREAD",
        "undefined-condition, RETRY_SOON",
        "unsupported-encoding, STOP",
        "unsupported-feature, STOP",
        "unsupported-stanza-type, RETRY_SOON",
        "unsupported-version, STOP",
        "some-new-condition, RETRY_SOON"
    })
    void streamErrors(String condition, Verdict verdict) {
        XmlElement error = XmlElement.builder(StreamErrors.STREAMS, "error")
                .child(XmlElement.of(StreamErrors.NS, condition))
                .build();
        assertEquals(verdict, RetryTable.verdict(StreamErrors.read(error)));
    }

    @ParameterizedTest
    @CsvSource({
        "NO_SUCH_SERVICE, RETRY_SPREAD",
        "DNS_FAILED, RETRY_SOON",
        "CONNECT_FAILED, RETRY_SOON",
        "PROXY_FAILED, RETRY_SOON",
        "PROXY_AUTHENTICATION_FAILED, STOP",
        "CERTIFICATE_REJECTED, RETRY_SPREAD",
        "TLS_FAILED, RETRY_SOON",
        "NOT_XMPP, RETRY_SOON",
        "PROTOCOL_VIOLATION, RETRY_SOON",
        "TIMED_OUT, RETRY_SOON",
        "CONNECTION_LOST, RETRY_SOON",
        "CLOSED, RETRY_SOON"
    })
    void transportFailures(TransportException.Reason reason, Verdict verdict) {
        TransportException failure = new TransportException(reason, "what happened", null);
        assertEquals(verdict, RetryTable.verdict(ConnectFailures.of(failure, null)));
    }

    @ParameterizedTest
    @EnumSource(TransportException.Reason.class)
    void everyReasonHasAName(TransportException.Reason reason) {
        TransportException failure = new TransportException(reason, "what happened", null);
        assertEquals("what happened", ConnectFailures.of(failure, null).getMessage());
        assertEquals("what happened", ConnectFailures.lost(failure).getMessage());
    }

    @Test
    void signIn() {
        assertEquals(
                Verdict.STOP,
                RetryTable.verdict(new AuthenticationFailedException("X", "not-authorized", "no", null, false)));
        assertEquals(
                Verdict.RETRY_SOON,
                RetryTable.verdict(new AuthenticationFailedException("X", "temporary-auth-failure", "no", null, true)));
    }

    @Test
    void binding() {
        assertEquals(Verdict.STOP, RetryTable.verdict(refused("conflict", false)));
        assertEquals(Verdict.STOP, RetryTable.verdict(refused("not-allowed", false)));
        assertEquals(Verdict.RETRY_SPREAD, RetryTable.verdict(refused("resource-constraint", false)));
        assertEquals(Verdict.RETRY_SPREAD, RetryTable.verdict(refused("internal-server-error", true)));
    }

    private static RequestRejectedException refused(String condition, boolean passing) {
        return new RequestRejectedException("bind", condition, null, null, passing, null);
    }

    @Test
    void theRest() {
        assertEquals(
                Verdict.RETRY_SOON,
                RetryTable.verdict(new ConnectionException("late", Reason.TIMED_OUT, List.of(), null, true)));
        assertEquals(Verdict.RETRY_SOON, RetryTable.verdict(new ConnectionLostException("x", "cut", null, true)));
        assertEquals(Verdict.RETRY_SOON, RetryTable.verdict(new ProtocolViolationException("x", "bad", null)));
        assertEquals(
                Verdict.RETRY_SOON,
                RetryTable.verdict(new RequestTimeoutException("x", "answer", Duration.ofSeconds(1))));
    }
}
