package org.partyline.examples.chat;

import org.partyline.client.ChatClient;

/**
 * What commands and events share. It is used by one thread alone, which is the client's callback executor too: so nothing
 * here needs a lock.
 *
 * @param client the client
 * @param screen shows what happens
 * @param people what people are called
 * @param conversations what was said
 * @param requests who asked to become a contact
 */
record Session(ChatClient client, Screen screen, People people, Conversations conversations, Requests requests) {

    /** {@return what this user is called} */
    static String self() {
        return "you";
    }

    /** Shows anew what holds right now. */
    void refresh() {
        View view = screen.view();
        if (view.hasStatus()) {
            view.status(StatusRow.of(this));
            view.prompt(conversations
                            .current()
                            .map(conversation -> people.name(conversation.with()))
                            .orElse("")
                    + "> ");
        }
    }
}
