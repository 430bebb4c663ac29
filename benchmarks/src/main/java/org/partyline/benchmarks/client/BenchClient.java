package org.partyline.benchmarks.client;

/** A client under measurement: signed in when made. */
public interface BenchClient extends AutoCloseable {

    /**
     * Sends messages of 100 characters to an account that swallows them, and returns when the server has acknowledged the
     * last.
     *
     * @param count how many
     * @throws Exception if one fails
     */
    void send(int count) throws Exception;

    /**
     * As {@link #send}, with messages that hold the same elements whichever client sends them.
     *
     * @param count how many
     * @throws Exception if one fails
     */
    void sendSameElements(int count) throws Exception;

    /**
     * As {@link #send}, but the client says of each message when the server has it.
     *
     * @param count how many
     * @throws Exception if one fails
     */
    void sendEachAcknowledged(int count) throws Exception;

    /**
     * {@return how many bytes of XML the sink has had from this client}
     *
     * @throws Exception if it does not answer
     */
    long bytesSent() throws Exception;

    /**
     * Asks for messages, and returns when a listener has seen them all.
     *
     * @param count how many
     * @throws Exception if they do not come
     */
    void receive(int count) throws Exception;

    /**
     * As {@link #receive}, but the listener does not run on the thread that reads.
     *
     * @param count how many
     * @throws Exception if they do not come
     */
    void receiveOffTheReader(int count) throws Exception;

    /**
     * Sends one message that comes back, and returns when a listener has seen it.
     *
     * @throws Exception if it does not come back
     */
    void echo() throws Exception;

    @Override
    void close();
}
