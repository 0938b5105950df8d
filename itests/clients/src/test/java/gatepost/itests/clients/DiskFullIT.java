package gatepost.itests.clients;

import static gatepost.itests.harness.ClientFrame.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gatepost.itests.harness.Command;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store on a disk that somebody else fills. The disk is a small one in memory, which only root may mount. */
class DiskFullIT {

    private static final String QUEUE = "/queue/disk";
    private static final String BODY = Body.text(100_000);

    private Path disk;
    private Gatepost gatepost;

    @BeforeEach
    void mount() throws IOException {
        disk = Files.createTempDirectory("gatepost-it-disk-");
        boolean mounted = mount("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", disk.toString());
        assumeTrue(mounted, "no disk can be filled here: mounting a small one needs root");
        gatepost = Gatepost.unpack();
        gatepost.configure(
                "gatepost.broker.cfg", Map.of("data", disk.resolve("store").toString()));
        gatepost.start();
    }

    @AfterEach
    void unmount() throws IOException {
        if (gatepost != null) {
            gatepost.close();
        }
        mount("umount", "--lazy", disk.toString());
        Files.delete(disk);
    }

    @Test
    void aFullDiskRefusesLosesNothingConfirmedAndServesAgainOnceThereIsRoom() throws IOException {
        List<String> safe = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            assertEquals("RECEIPT", publish(safe).command());
        }
        Path other = disk.resolve("somebody-elses");
        fillUp(other);

        ServerFrame refusal = Awaitility.await("a refusal")
                .atMost(Duration.ofSeconds(60))
                .until(() -> publish(safe), answer -> answer.command().equals("ERROR"));
        assertFalse(refusal.header("message").contains("Exception"), refusal::toString);

        Files.delete(other);
        int before = safe.size();
        Awaitility.await("it takes messages again")
                .atMost(Duration.ofSeconds(60))
                .until(() -> publish(safe).command().equals("RECEIPT"));
        assertEquals(before + 1, safe.size());

        gatepost.kill();
        gatepost.start();

        List<String> there = Queues.take(gatepost, QUEUE, safe.size()).stream()
                .map(text -> text.substring(0, text.indexOf('\n')))
                .toList();
        assertEquals(safe, there);
    }

    private ServerFrame publish(List<String> safe) {
        try (StompClient client = Queues.admin(gatepost)) {
            String name = "message " + safe.size();
            ServerFrame answer = client.request(send(QUEUE, name + "\n" + BODY));
            if (answer.command().equals("RECEIPT")) {
                safe.add(name);
            }
            return answer;
        }
    }

    private static void fillUp(Path file) {
        byte[] block = new byte[64 << 10];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long written = 0; written < 1L << 30; written += block.length) {
                out.write(block);
            }
        } catch (IOException e) {
            return; // the disk is full
        }
        throw new AssertionError("a disk of 160 MB took a gigabyte");
    }

    private static boolean mount(String... command) {
        try {
            Command.run(Path.of("").toAbsolutePath(), Map.of(), command);
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }
}
