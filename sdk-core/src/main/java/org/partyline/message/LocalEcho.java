package org.partyline.message;

/**
 * A message that this client sends, to be shown at once.
 *
 * @param message what it says; from this account, with the id that it keeps
 * @param delivery how far it has come, and will come
 */
public record LocalEcho(Message message, SentMessage delivery) {}
