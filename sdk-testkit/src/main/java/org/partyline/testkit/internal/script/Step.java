package org.partyline.testkit.internal.script;

import java.io.IOException;

/** One thing that a scripted server does. */
public interface Step {

    /**
     * Does it.
     *
     * @param connection where
     * @throws IOException if the connection does not carry it
     */
    void play(ScriptedConnection connection) throws IOException;

    /** {@return what is shown when the script gets stuck here} */
    String description();
}
