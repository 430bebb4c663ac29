package org.partyline.testkit;

/**
 * What a {@link TestNetwork} has counted since it started, and what there is now.
 *
 * @param connectionsAccepted connections accepted
 * @param connectionsOpen connections that are open now
 * @param sessionsOnline sessions that are bound now, those that wait to be resumed included
 * @param sessionsWaiting sessions that lost their connection and wait to be resumed
 * @param signIns successful sign-ins
 * @param failedSignIns refused sign-ins
 * @param resumptions sessions that were resumed
 * @param stanzasReceived stanzas received from clients after their sign-in
 * @param stanzasSent stanzas written to clients
 * @param signIn how clients signed in
 * @param archive what was archived, and asked for
 */
public record NetworkStatistics(
        long connectionsAccepted,
        int connectionsOpen,
        int sessionsOnline,
        int sessionsWaiting,
        long signIns,
        long failedSignIns,
        long resumptions,
        long stanzasReceived,
        long stanzasSent,
        SignInStatistics signIn,
        ArchiveStatistics archive) {}
