package org.partyline.examples.text;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.partyline.address.JidFormatException;
import org.partyline.error.AuthenticationFailedException;
import org.partyline.error.ConnectionException;
import org.partyline.error.ImException;
import org.partyline.error.LimitExceededException;
import org.partyline.error.NotConnectedException;
import org.partyline.error.RequestRejectedException;
import org.partyline.error.ServerClosedException;
import org.partyline.error.UnsupportedFeatureException;

/** Tells people what failed, what was tried, and what they can do about it: one line, never a stack trace. */
public final class Explanation {
    private Explanation() {}

    /**
     * {@return the explanation of a failure}
     *
     * @param failure the failure, as a future of the library gives it
     */
    public static String of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String what = ForeignText.line(what(cause));
        String next = next(cause);
        return next.isEmpty() ? what : (what.endsWith(".") ? what : what + ".") + " " + next;
    }

    private static String what(Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof ConnectionException e) {
            String tried = e.attempts().stream()
                    .map(attempt -> attempt.endpoint() + " (" + attempt.failure() + ")")
                    .collect(Collectors.joining(", "));
            // Where one endpoint was tried, the message is its failure, told once.
            return tried.isEmpty() ? "cannot connect: " + message : "cannot connect; tried " + tried;
        }
        if (cause instanceof AuthenticationFailedException e) {
            return "cannot sign in" + e.mechanism().map(name -> " by " + name).orElse("") + ": " + message;
        }
        if (cause instanceof ServerClosedException e) {
            return message + e.text().map(text -> " (\"" + text + "\")").orElse("");
        }
        if (cause instanceof RequestRejectedException e) {
            return message + e.text().map(text -> " (\"" + text + "\")").orElse("");
        }
        if (cause instanceof ImException || cause instanceof JidFormatException) {
            return message;
        }
        if (cause instanceof TimeoutException) {
            return "no answer in time";
        }
        return "unexpected " + cause.getClass().getSimpleName() + ": " + message;
    }

    private static String next(Throwable cause) {
        if (cause instanceof ConnectionException e) {
            return switch (e.reason()) {
                case NO_SUCH_SERVICE -> "Check the spelling of the domain, or name the server: --server HOST:PORT.";
                case DNS_FAILED -> "Check the network, or name the server by its IP address: --server ADDRESS:PORT.";
                case UNREACHABLE -> "Check that the server runs there, and that no firewall is between.";
                case PROXY_FAILED ->
                    "Check the proxy's address and kind: --proxy socks5://HOST:PORT or http://HOST:PORT.";
                case PROXY_AUTHENTICATION_FAILED ->
                    "Check the name in --proxy KIND://NAME@HOST:PORT and the proxy's password.";
                case CERTIFICATE_REJECTED ->
                    "If the server has a private authority, give its certificate: --trust FILE.pem.";
                case TLS_FAILED, WRONG_PROTOCOL ->
                    "Check the port: 5222 is usual for --starttls, 5223 for --direct-tls.";
                case TIMED_OUT -> "Check the address and port, or wait longer: --timeout SECONDS.";
            };
        }
        if (cause instanceof AuthenticationFailedException e) {
            return switch (e.condition()) {
                case "not-authorized" -> "Check the account's name and the password.";
                case "no-mechanism" -> "The server may offer PLAIN alone; --allow-plain accepts that, under TLS.";
                case "server-not-verified" -> "The server did not prove that it knows the password; do not trust it.";
                case "account-disabled", "credentials-expired" -> "Ask the server's operator.";
                default -> e.isRetryable() ? "Try again later." : "";
            };
        }
        if (cause instanceof ServerClosedException e) {
            return e.condition().equals("conflict")
                    ? "Another device took this one's place; give each its own: --account you@server/NAME."
                    : e.isRetryable() ? "Try again later." : "";
        }
        if (cause instanceof NotConnectedException) {
            return "Try again once online.";
        }
        if (cause instanceof UnsupportedFeatureException) {
            return "This server cannot do that.";
        }
        if (cause instanceof LimitExceededException) {
            return "Wait until what is under way has gone out.";
        }
        return "";
    }
}
