package org.partyline.simulation;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.partyline.transport.connection.EventLoop;

/** A process with its event loop and its other threads. It can be killed at any moment; from then on it does nothing. */
final class SimulatedProcess implements EventLoop {
    private final World world;
    private boolean alive = true;
    private boolean inLoop;

    SimulatedProcess(World world) {
        this.world = world;
    }

    boolean isAlive() {
        return alive;
    }

    void kill() {
        alive = false;
    }

    @Override
    public boolean inLoop() {
        return inLoop;
    }

    @Override
    public void execute(Runnable task) {
        world.soon(() -> runInLoop(task));
    }

    @Override
    public Cancellable schedule(Runnable task, Duration delay) {
        return world.schedule(delay, () -> runInLoop(task))::run;
    }

    private void runInLoop(Runnable task) {
        if (alive) {
            inLoop = true;
            try {
                task.run();
            } finally {
                inLoop = false;
            }
        }
    }

    @Override
    public long nanoTime() {
        return world.now();
    }

    /** Other threads, which take up to so long to come to a task. */
    Executor threads(Duration most) {
        return task -> world.schedule(world.upTo(most), () -> {
            if (alive) {
                task.run();
            }
        });
    }
}
