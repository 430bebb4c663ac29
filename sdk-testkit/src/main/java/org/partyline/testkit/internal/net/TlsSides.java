package org.partyline.testkit.internal.net;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.tls.ServerTls;

/** The server's side of TLS, once as it should be, and once with a certificate that nobody trusts. */
public final class TlsSides {
    private final ServerTls trusted;
    private final Supplier<ServerTls> maker;
    private @Nullable ServerTls untrusted;

    /**
     * Keeps both.
     *
     * @param trusted as it should be
     * @param maker makes the other when it is needed for the first time
     */
    public TlsSides(ServerTls trusted, Supplier<ServerTls> maker) {
        this.trusted = trusted;
        this.maker = maker;
    }

    ServerTls trusted() {
        return trusted;
    }

    ServerTls untrusted() {
        ServerTls made = untrusted;
        if (made == null) {
            made = maker.get();
            untrusted = made;
        }
        return made;
    }
}
