package org.partyline.robustness;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The threads of this process that are there because of us. */
final class Threads {
    /** Of the JDK, whoever uses it: started once a process, and never ended. */
    private static final Set<String> OF_THE_JDK = Set.of("CompletableFutureDelayScheduler", "Keep-Alive-Timer");

    private Threads() {}

    static Set<Thread> now() {
        return Set.copyOf(Thread.getAllStackTraces().keySet());
    }

    /** Names of live threads that were not there before; those of the JVM and of the JDK's common pool are not ours. */
    static Set<String> since(Set<Thread> before) {
        return now().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive())
                .filter(thread -> thread.getThreadGroup() != null
                        && !thread.getThreadGroup().getName().equals("system"))
                .map(Thread::getName)
                .filter(name -> !OF_THE_JDK.contains(name) && !name.startsWith("ForkJoinPool.commonPool-"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * As {@link #since}, but Netty's global executor gets its time: it hands on that a loop has ended, and then its thread
     * waits for a second before it goes.
     */
    static Set<String> leftSince(Set<Thread> before) throws InterruptedException {
        for (Thread thread : now()) {
            if (!before.contains(thread) && thread.getName().startsWith("globalEventExecutor-")) {
                thread.join(30_000);
            }
        }
        return since(before);
    }

    /** Names of live threads of clients whose resources have a name. */
    static Set<String> named(String resources) {
        return now().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("partyline-" + resources + "-"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
