package org.partyline.examples.operator.audit;

import org.partyline.examples.operator.files.Sha256;

/**
 * A place in the log and the hash there. Kept elsewhere, it shows what the log by itself cannot: that no lines are
 * missing at its end, and that it was not written anew from some line on.
 *
 * @param seq the number of the line
 * @param hash its hash
 */
public record Checkpoint(long seq, String hash) {

    /**
     * {@return the checkpoint that a text names}
     *
     * @param text as {@link #toString()} gives it; the word {@code sha256:} may be missing
     * @throws IllegalArgumentException if it names none
     */
    public static Checkpoint parse(String text) {
        String[] parts = text.split(":", 2);
        if (parts.length == 2 && parts[0].matches("[1-9][0-9]{0,17}")) {
            String hash = parts[1].startsWith("sha256:") ? parts[1] : "sha256:" + parts[1];
            if (Sha256.isDigest(hash)) {
                return new Checkpoint(Long.parseLong(parts[0]), hash);
            }
        }
        throw new IllegalArgumentException("a checkpoint is SEQ:HASH, as audit verify prints it");
    }

    @Override
    public String toString() {
        return seq + ":" + hash;
    }
}
