package org.partyline.store;

import java.nio.file.Path;
import org.partyline.address.Jid;

/**
 * Something of a store was found damaged when it was opened.
 *
 * @param account whose it was
 * @param setAside where the damaged file was put, for whoever wants to look at it
 * @param recordsLost how many records could not be read from either copy; 0 if the other copy had all. Of files that cannot be
 *     read at all nobody knows how many they held: then it is -1
 */
public record StoreLoss(Jid account, Path setAside, int recordsLost) {}
