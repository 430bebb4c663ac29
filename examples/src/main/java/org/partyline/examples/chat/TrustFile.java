package org.partyline.examples.chat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads certificates from a PEM file. */
final class TrustFile {
    private TrustFile() {}

    /**
     * {@return the certificates in a file}
     *
     * @throws IllegalArgumentException if there is none; the message is for the user
     */
    static List<X509Certificate> read(Path file) {
        List<X509Certificate> certificates;
        try (InputStream in = Files.newInputStream(file)) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("--trust: there is no file " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("--trust: cannot read " + file + ": " + e.getMessage(), e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("--trust: " + file + " holds no certificate in PEM form", e);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("--trust: " + file + " holds no certificate in PEM form");
        }
        return certificates;
    }
}
