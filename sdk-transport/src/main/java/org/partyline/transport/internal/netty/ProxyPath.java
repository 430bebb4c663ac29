package org.partyline.transport.internal.netty;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.internal.dns.DomainName;
import org.partyline.transport.internal.proxy.ProxyDialog;
import org.partyline.transport.proxy.ProxyServer;

/**
 * One way to a server through a proxy: hears of the connection to the proxy, asks for the password if there is one, and has
 * the proxy connect on. Lives on one loop.
 */
final class ProxyPath implements Dialer.Outcome {
    /**
     * How the proxy is used.
     *
     * @param proxy the proxy
     * @param passwords where the password is asked for, which may block
     * @param timeout the deadline for the proxy's answers
     */
    record Use(ProxyServer proxy, Executor passwords, Duration timeout) {}

    private final NettyEventLoop loop;
    private final Use use;
    private final DomainName host;
    private final int port;
    private final Dialer.Outcome outcome;
    private final List<TransportException> failures = new ArrayList<>();
    private Runnable cancel = () -> {};
    private boolean over;

    ProxyPath(NettyEventLoop loop, Use use, DomainName host, int port, Dialer.Outcome outcome) {
        this.loop = loop;
        this.use = use;
        this.host = host;
        this.port = port;
        this.outcome = outcome;
    }

    /** Says what ends the connecting to the proxy that is under way. */
    void dialing(Runnable cancelDialing) {
        cancel = cancelDialing;
    }

    void cancel() {
        over = true;
        cancel.run();
    }

    /** Kept until it is clear that no other address of the proxy takes the connection. */
    @Override
    public void attemptFailed(TransportException failure) {
        failures.add(failure);
    }

    @Override
    public void finished(@Nullable Channel winner) {
        if (over) {
            if (winner != null) {
                winner.close();
            }
        } else if (winner != null) {
            cancel = winner::close;
            connected(winner);
        } else {
            for (TransportException failure : failures) {
                outcome.attemptFailed(unreachable(failure));
            }
            outcome.finished(null);
        }
    }

    private TransportException unreachable(TransportException failure) {
        return ProxyDialog.failed(use.proxy(), "cannot be connected to: " + failure.getMessage(), failure);
    }

    private void connected(Channel channel) {
        dialog().whenCompleteAsync(
                        (dialog, error) -> {
                            if (dialog == null) {
                                end(channel, error);
                            } else if (over) {
                                dialog.wipe();
                            } else {
                                talk(channel, dialog);
                            }
                        },
                        loop);
    }

    private CompletableFuture<ProxyDialog> dialog() {
        Executor where = use.proxy().username() == null ? Runnable::run : use.passwords();
        try {
            return CompletableFuture.supplyAsync(this::makeDialog, where);
        } catch (RejectedExecutionException tooMuch) {
            return CompletableFuture.failedFuture(ProxyDialog.failed(
                    use.proxy(), "cannot be used: no thread is free to ask for its password", tooMuch));
        }
    }

    private ProxyDialog makeDialog() {
        try {
            return ProxyDialog.of(use.proxy(), host, port);
        } catch (TransportException e) {
            throw new CompletionException(e);
        }
    }

    private void talk(Channel channel, ProxyDialog dialog) {
        ProxyTunnel tunnel = new ProxyTunnel(dialog, loop, use.timeout());
        tunnel.result().whenComplete((done, error) -> end(channel, error));
        channel.pipeline().addLast(tunnel);
    }

    private void end(Channel channel, @Nullable Throwable error) {
        if (error != null) {
            channel.close();
        }
        if (over) {
            return;
        }
        over = true;
        if (error == null) {
            outcome.finished(channel);
        } else {
            Throwable cause = Failures.unwrap(error);
            outcome.attemptFailed(
                    cause instanceof TransportException known
                            ? known
                            : ProxyDialog.failed(use.proxy(), "cannot be used: " + cause, cause));
            outcome.finished(null);
        }
    }
}
