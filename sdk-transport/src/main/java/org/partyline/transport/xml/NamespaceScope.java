package org.partyline.transport.xml;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The namespace declarations in scope, the innermost last (Namespaces in XML section 6). Each is found by a hash that a peer
 * cannot foresee, so that no choice of prefixes makes looking one up cost more than looking along a row of numbers.
 */
final class NamespaceScope {
    static final String XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";
    /** Odd, so that no byte of a name is lost. */
    private static final int MULTIPLIER = new SecureRandom().nextInt() | 1;

    private static final int FIRST = 4;

    private int[] hashes = new int[FIRST];
    private String[] prefixes = new String[FIRST];
    private String[] uris = new String[FIRST];
    private int[] uriHashes = new int[FIRST];
    private int count;

    /** {@return a hash of bytes that differs from one run of the process to the next} */
    static int hash(byte[] in, int from, int to) {
        int hash = to - from;
        for (int at = from; at < to; at++) {
            hash = (hash + in[at]) * MULTIPLIER;
            // Without this it were a polynomial, and there are names that collide in every polynomial modulo 2^32.
            hash ^= hash >>> 15;
        }
        return hash;
    }

    /** {@return a hash of both} */
    static int hash(int one, int other) {
        return one * MULTIPLIER + other;
    }

    /** {@return how many declarations there are; {@link #leave} goes back to as many} */
    int size() {
        return count;
    }

    void leave(int size) {
        Arrays.fill(prefixes, size, count, null);
        Arrays.fill(uris, size, count, null);
        count = size;
    }

    /** Makes the tables as small as may be. */
    void trim() {
        if (hashes.length > Math.max(FIRST, count * 2)) {
            resize(Math.max(FIRST, count));
        }
    }

    /**
     * Declares a prefix, or the default namespace as the empty prefix.
     *
     * @param since how many declarations there were before the tag
     * @return false if that may not be declared, or not twice in one tag
     */
    boolean declare(int since, String prefix, int hash, String uri, int uriHash) {
        boolean isXml = prefix.equals("xml");
        if (isXml != uri.equals(XmlElement.XML_NAMESPACE)
                || uri.equals(XMLNS_NAMESPACE)
                || prefix.equals("xmlns")
                || (uri.isEmpty() && !prefix.isEmpty())) {
            return false;
        }
        if (find(prefix, hash, since) >= 0) {
            return false;
        }
        if (count == hashes.length) {
            resize(count * 2);
        }
        hashes[count] = hash;
        prefixes[count] = prefix;
        uris[count] = uri;
        uriHashes[count++] = uriHash;
        return true;
    }

    /** {@return which declaration a prefix means, or -1 if none} */
    int find(String prefix, int hash) {
        return find(prefix, hash, 0);
    }

    private int find(String prefix, int hash, int since) {
        for (int i = count - 1; i >= since; i--) {
            if (hashes[i] == hash && prefixes[i].equals(prefix)) {
                return i;
            }
        }
        return -1;
    }

    String uri(int declaration) {
        return uris[declaration];
    }

    int uriHash(int declaration) {
        return uriHashes[declaration];
    }

    /** {@return the default namespace, empty for none} */
    String defaultNamespace() {
        int found = find("", 0, 0);
        return found < 0 ? "" : uris[found];
    }

    private void resize(int size) {
        hashes = Arrays.copyOf(hashes, size);
        prefixes = Arrays.copyOf(prefixes, size);
        uris = Arrays.copyOf(uris, size);
        uriHashes = Arrays.copyOf(uriHashes, size);
    }
}
