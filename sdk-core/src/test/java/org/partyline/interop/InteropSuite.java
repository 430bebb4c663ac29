package org.partyline.interop;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tests that hold on every server. A subclass says which server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InteropSuite
        implements SignInTests,
                ModernSignInTests,
                ContactTests,
                MessageTests,
                RequestTests,
                RecoveryTests,
                CatchUpTests,
                ArchiveTests,
                HostileContactTests,
                SlixmppTests {
    private Interop interop;

    /** Shows the server's side of a failure. */
    @RegisterExtension
    final AfterTestExecutionCallback onFailure = context -> {
        if (context.getExecutionException().isPresent()) {
            System.out.println("--- " + interop.server.name() + ", at the end of " + context.getDisplayName() + "\n"
                    + interop.server.log());
        }
    };

    abstract InteropServer startServer();

    @BeforeAll
    void start() {
        interop = new Interop(startServer());
    }

    @AfterEach
    void endTest() {
        interop.endTest();
    }

    @AfterAll
    void stop() {
        if (interop != null) {
            interop.close();
        }
    }

    @Override
    public Interop interop() {
        return interop;
    }
}
