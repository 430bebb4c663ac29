package org.partyline.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.message.DeliveryState;

/** Two ejabberd nodes that are one service, of which one is killed while messages are on their way. */
class EjabberdClusterIT {
    private static final int HIBERNATION = 30;
    private static final int MESSAGES = 600;
    private static final Duration SETTLE = Duration.ofMinutes(2);

    @Test
    @DisplayName("Clients of a node that is killed go to the other, and nothing is lost, doubled or out of order")
    void nodeThatIsKilled_takesNothingWithIt() {
        List<Ejabberd> nodes = Ejabberd.startCluster(HIBERNATION);
        Ejabberd dying = nodes.get(0);
        Ejabberd living = nodes.get(1);
        try (Interop interop = new Interop(dying)) {
            Account alice = interop.account("alice");
            Account bob = interop.account("bob");
            List<ChaosDevice> devices = List.of(
                    new ChaosDevice(interop, alice, "a1", dying.startTls(), living.startTls()),
                    new ChaosDevice(interop, alice, "a2", dying.startTls(), living.startTls()),
                    new ChaosDevice(interop, bob, "b1", dying.startTls(), living.startTls()));
            try {
                devices.forEach(ChaosDevice::connect);
                talk(devices, dying);
                settle(devices);
                judge(devices);
            } finally {
                devices.forEach(ChaosDevice::close);
                interop.endTest();
            }
        } finally {
            living.close();
        }
    }

    private static void talk(List<ChaosDevice> devices, Ejabberd dying) {
        List<CompletableFuture<Void>> sending = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            if (i == MESSAGES / 2) {
                dying.kill();
            }
            ChaosDevice from = devices.get(i % devices.size());
            sending.add(from.send(devices.get(from == devices.get(2) ? 0 : 2), "x"));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        Interop.await(CompletableFuture.allOf(sending.toArray(CompletableFuture[]::new)));
    }

    private static void settle(List<ChaosDevice> devices) {
        long end = System.nanoTime() + SETTLE.toNanos();
        int quiet = 0;
        int before = -1;
        while (quiet < 20) {
            assertTrue(System.nanoTime() - end < 0, "not settled after " + SETTLE);
            int now =
                    devices.stream().mapToInt(device -> device.ledger().count()).sum();
            boolean settled = devices.stream().allMatch(device -> device.isOnline() && device.pending() == 0);
            quiet = settled && now == before ? quiet + 1 : 0;
            before = now;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
    }

    private static void judge(List<ChaosDevice> devices) {
        Map<String, DeliveryState> accepted = new HashMap<>();
        devices.forEach(device -> accepted.putAll(device.ledger().accepted()));
        assertEquals(MESSAGES, accepted.size());
        List<String> lost = new ArrayList<>();
        List<String> lostByTheServer = new ArrayList<>();
        for (ChaosDevice device : devices) {
            List<String> archive = device.archive();
            for (String text : accepted.keySet()) {
                boolean own = text.startsWith(device.name() + "#");
                if (!own && !device.ledger().wasGiven(text)) {
                    (archive.contains(text) ? lost : lostByTheServer).add(text + " at " + device.name());
                }
            }
            assertEquals(List.of(), device.ledger().twice());
            assertEquals(List.of(), device.ledger().illegal());
            assertEquals(List.of(), device.ledger().inversions());
            assertTrue(device.reconnects() >= 2, device.name() + " has not moved");
        }
        System.out.println("cluster: " + accepted.size() + " messages; milliseconds to the other node: "
                + devices.stream().map(ChaosDevice::recovery).toList() + "; lost by the server: " + lostByTheServer);
        assertEquals(List.of(), lost);
    }
}
