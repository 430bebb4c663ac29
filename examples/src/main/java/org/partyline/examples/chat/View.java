package org.partyline.examples.chat;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.text.Layout;

/** Where text is shown and typed. Methods may be called by any thread, {@link #readLine} by one at a time. */
interface View extends AutoCloseable {

    /** {@return how text is laid out now; a terminal may change its size} */
    Layout layout();

    /** Shows lines, which the layout made. */
    void show(List<String> lines);

    /** Shows what holds right now, in a place that is overwritten; a view without such a place shows nothing. */
    void status(String text);

    /** {@return whether there is a place for {@link #status}} */
    boolean hasStatus();

    /** Sets what stands before the line being typed. */
    void prompt(String text);

    /** {@return a line that was typed, or null when there will be no more} */
    @Nullable
    String readLine();

    /** Tells somebody of what is being typed, as it is, where that can be known. */
    default void onTyping(Consumer<String> listener) {}

    /** Offers words to complete what is being typed, where that can be done. */
    default void complete(Supplier<List<String>> words) {}

    /** {@return whether a person sits there, who can be asked} */
    boolean interactive();

    @Override
    void close();
}
