package org.partyline.testkit.internal.stream;

/** What streams count. Belongs to the network's loop. */
public final class Statistics {
    private long accepted;
    private int open;
    private int online;
    private int hibernating;
    private long received;
    private long sent;
    private long signIns;
    private long failedSignIns;
    private long resumed;

    public void connectionAccepted() {
        accepted++;
        open++;
    }

    public void connectionClosed() {
        open--;
    }

    void sessionOnline() {
        online++;
    }

    void sessionOffline() {
        online--;
    }

    void sessionHibernates() {
        hibernating++;
    }

    void sessionWakes() {
        hibernating--;
    }

    void stanzaReceived() {
        received++;
    }

    void stanzaSent() {
        sent++;
    }

    void signedIn() {
        signIns++;
    }

    void signInFailed() {
        failedSignIns++;
    }

    void sessionResumed() {
        resumed++;
    }

    public long accepted() {
        return accepted;
    }

    public int open() {
        return open;
    }

    public int online() {
        return online;
    }

    public int hibernating() {
        return hibernating;
    }

    public long received() {
        return received;
    }

    public long sent() {
        return sent;
    }

    public long signIns() {
        return signIns;
    }

    public long failedSignIns() {
        return failedSignIns;
    }

    public long resumed() {
        return resumed;
    }
}
