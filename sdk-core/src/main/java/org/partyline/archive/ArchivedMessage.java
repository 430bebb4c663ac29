package org.partyline.archive;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.partyline.message.Message;

/**
 * A message as an archive keeps it: one that came, or that a device of the account sent.
 *
 * @param archiveId what the archive names it by (XEP-0359)
 * @param archivedAt when the archive took it, or null if it does not say; some archives keep whole seconds
 * @param message the message; who sent it tells which way it went
 */
public record ArchivedMessage(String archiveId, @Nullable Instant archivedAt, Message message) {}
