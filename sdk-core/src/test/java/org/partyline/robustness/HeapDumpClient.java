package org.partyline.robustness;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.tls.TlsConfig;
import org.partyline.xmpp.Xmpp;

/** A process of its own that signs in, closes the client, and writes what is left in its heap to a file. */
final class HeapDumpClient {
    /** Stays, so that whoever searches the file sees that the search finds something. */
    @SuppressWarnings("unused") // is there to be found
    private static final char[] CONTROL = new char[16];

    private HeapDumpClient() {}

    public static void main(String[] arguments) throws Exception {
        char[] password = new char[64];
        int length = 0;
        // No buffer of a stream may keep it.
        try (FileInputStream in = new FileInputStream(FileDescriptor.in)) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                password[length++] = (char) b;
            }
        }
        for (int i = 0; i < CONTROL.length; i++) {
            CONTROL[i] = (char) ('A' + i);
        }
        signIn(arguments[0], Integer.parseInt(arguments[1]), Path.of(arguments[2]), Arrays.copyOf(password, length));
        Arrays.fill(password, '\0');
        System.gc();
        System.gc();
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(arguments[3], true);
    }

    private static void signIn(String account, int port, Path anchor, char[] password) throws Exception {
        try (ChatClient client = ChatClient.builder()
                .protocol(Xmpp.create())
                .account(account)
                .credentials(Credentials.password(password::clone))
                .endpoints(Endpoint.startTls("127.0.0.1", port))
                .tls(TlsConfig.builder().systemTrust(false).trust(read(anchor)).build())
                .build()) {
            client.connect().get(60, TimeUnit.SECONDS);
            client.disconnect().get(60, TimeUnit.SECONDS);
        }
        Arrays.fill(password, '\0');
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /** Not used by the process itself. */
    static boolean contains(Path file, byte[] needle) throws IOException {
        byte[] buffer = new byte[1 << 20];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer, kept, buffer.length - kept)) {
                int end = kept + read;
                for (int at = 0; at + needle.length <= end; at++) {
                    if (buffer[at] == needle[0]
                            && Arrays.equals(buffer, at, at + needle.length, needle, 0, needle.length)) {
                        return true;
                    }
                }
                kept = Math.min(end, needle.length - 1);
                System.arraycopy(buffer, end - kept, buffer, 0, kept);
            }
        }
        return false;
    }
}
