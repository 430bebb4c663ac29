package org.partyline.examples.operator.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.audit.AuditLines.End;
import org.partyline.examples.operator.audit.AuditLines.Tail;
import org.partyline.examples.operator.files.PrivateFiles;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Obj;

/**
 * The log, open for adding to it. One writer at a time; what {@link #append} gives back is on the disk.
 *
 * <p>A crash can cut off what was being written, which nobody was told is there. The next writer takes that away, and says
 * so in an entry of its own, {@code log.repaired}. Not for use by more than one thread.
 */
public final class AuditLog implements AutoCloseable {
    /** How far a clock may go back, as it does when it is set right; entries get the time of the one before until then. */
    private static final Duration SET_BACK = Duration.ofMinutes(1);

    private final FileChannel channel;
    private final Clock clock;
    private final AuditChain chain = new AuditChain();
    private boolean unsure;

    /** Takes a channel that is locked, or that nobody else has. */
    AuditLog(FileChannel channel, Clock clock) {
        this.channel = channel;
        this.clock = clock;
    }

    /**
     * {@return the log in a file, which is made if it is not there}
     *
     * @param file the file
     * @param clock tells the time of entries
     * @param reader hears of each entry that is there
     * @throws LogInUseException if there is another writer
     * @throws BrokenLogException if it is not as it was written
     * @throws IOException if it cannot be read or written
     */
    public static AuditLog open(Path file, Clock clock, AuditReader reader) throws IOException {
        boolean isNew = Files.notExists(file);
        FileChannel channel =
                PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(channel, file);
            if (isNew) {
                PrivateFiles.forceName(file);
            }
            AuditLog log = new AuditLog(channel, clock);
            log.start(reader);
            return log;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Reads a log without a lock, for those who only look. What a writer has not finished is left out.
     *
     * @param file the file
     * @param reader hears of each entry
     * @return the last entry's checkpoint, if there is an entry
     * @throws BrokenLogException if it is not as it was written
     * @throws IOException if it cannot be read
     */
    public static Optional<Checkpoint> read(Path file, AuditReader reader) throws IOException {
        AuditChain chain = new AuditChain();
        try (InputStream in = Files.newInputStream(file)) {
            AuditLines.read(in, chain, reader);
        }
        return chain.last().map(AuditEntry::checkpoint);
    }

    /**
     * Reads a log as {@link #read} does, and takes nothing that is not finished.
     *
     * @param file the file
     * @param expected what the log has to hold in its place, or {@code null}
     * @return the last entry's checkpoint, if there is an entry
     * @throws BrokenLogException if it is not as it was written, or not as expected
     * @throws IOException if it cannot be read
     */
    public static Optional<Checkpoint> verify(Path file, @Nullable Checkpoint expected, AuditReader reader)
            throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return verify(in, expected, reader);
        }
    }

    static Optional<Checkpoint> verify(InputStream in, @Nullable Checkpoint expected, AuditReader reader)
            throws IOException {
        AuditChain chain = new AuditChain();
        AuditReader checked = entry -> {
            reader.read(entry);
            if (expected != null
                    && entry.seq() == expected.seq()
                    && !entry.hash().equals(expected.hash())) {
                throw new EntryRefusedException("its hash is another than the checkpoint's");
            }
        };
        End end = AuditLines.read(in, chain, checked);
        if (end.tail() == Tail.ENTRY) {
            throw new BrokenLogException(chain.next() - 1, "it lacks its line end");
        }
        if (end.tail() == Tail.TORN) {
            throw new BrokenLogException(
                    chain.next(), "its writing was cut off; the next command that writes takes it away");
        }
        if (expected != null && chain.next() <= expected.seq()) {
            throw new BrokenLogException(chain.next(), "it is missing, and all up to " + expected.seq());
        }
        return chain.last().map(AuditEntry::checkpoint);
    }

    /**
     * Adds entries, all of them or none.
     *
     * @param drafts what is to be written
     * @param time when, as {@link #time} gave it
     * @return the entries, which are on the disk
     * @throws IOException if that failed; then the log is as it was
     */
    public List<AuditEntry> append(List<AuditDraft> drafts, Instant time) throws IOException {
        if (unsure) {
            throw new IOException("the log could not be put back as it was; start again");
        }
        if (chain.last().filter(last -> time.isBefore(last.time())).isPresent()) {
            throw new IllegalArgumentException("an entry is not older than the one before");
        }
        AuditChain ahead = new AuditChain();
        chain.last().ifPresent(ahead::add);
        List<AuditEntry> entries = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (AuditDraft draft : drafts) {
            AuditEntry entry = ahead.seal(draft, time);
            String line = entry.line();
            if (line.getBytes(StandardCharsets.UTF_8).length > AuditChain.LONGEST_LINE) {
                throw new IllegalArgumentException("an entry is longer than a line of the log may be");
            }
            text.append(line).append('\n');
            ahead.add(entry);
            entries.add(entry);
        }
        write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
        entries.forEach(chain::add);
        return entries;
    }

    /** {@return the last entry's checkpoint, if there is an entry} */
    public Optional<Checkpoint> checkpoint() {
        return chain.last().map(AuditEntry::checkpoint);
    }

    /**
     * {@return the time that an entry written now would have}
     *
     * @throws IOException if the clock is behind the log
     */
    public Instant time() throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant last = chain.last().map(AuditEntry::time).orElse(now);
        if (now.isBefore(last.minus(SET_BACK))) {
            throw new IOException("the clock says " + AuditEntry.format(now) + ", but the log's last entry is of "
                    + AuditEntry.format(last) + "; set the clock");
        }
        return now.isBefore(last) ? last : now;
    }

    /** Gives the log to the next writer. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    void start(AuditReader reader) throws IOException {
        channel.position(0);
        End end = AuditLines.read(Channels.newInputStream(channel), chain, reader);
        long torn = channel.size() - end.bytes();
        if (end.tail() == Tail.NONE) {
            return;
        }
        channel.truncate(end.bytes());
        channel.position(end.bytes());
        if (end.tail() == Tail.ENTRY) {
            write(ByteBuffer.wrap(new byte[] {'\n'}));
        } else {
            AuditDraft draft = new AuditDraft("log.repaired", Obj.EMPTY.with("bytes", Json.of(torn)));
            AuditEntry told = append(List.of(draft), time()).get(0);
            try {
                reader.read(told);
            } catch (EntryRefusedException e) {
                throw new BrokenLogException(told.seq(), String.valueOf(e.getMessage()));
            }
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        long before = channel.size();
        try {
            channel.position(before);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            takeBack(before, e);
            throw new IOException("cannot write to the audit log: " + e.getMessage(), e);
        }
    }

    private void takeBack(long size, IOException cause) {
        try {
            channel.truncate(size);
            channel.force(true);
        } catch (IOException e) {
            unsure = true; // whoever opens the log next sees what is there
            cause.addSuppressed(e);
        }
    }

    // The lock goes with the channel, and with the process.
    private static void lock(FileChannel channel, Path file) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new LogInUseException(file);
        }
        if (lock == null) {
            throw new LogInUseException(file);
        }
    }
}
