package org.partyline.testkit;

/**
 * What a {@link TestNetwork} has counted of the archives of its accounts (XEP-0313).
 *
 * @param messages messages archived, those between two accounts in the archives of both
 * @param repeated messages that a client sent though it had sent them before, by their origin id (XEP-0359), as far back as its
 *     account's archive goes: what came over the wire twice
 * @param queries queries of archives that came in
 */
public record ArchiveStatistics(long messages, long repeated, long queries) {}
