package gatepost.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {

    @Test
    void oneThreadAfterAnotherHasTheSameName() {
        ThreadFactory threads = DaemonThreads.named("gatepost-test");
        assertEquals("gatepost-test", threads.newThread(() -> {}).getName());
        assertEquals("gatepost-test", threads.newThread(() -> {}).getName());
    }

    @Test
    void severalAreNumbered() {
        ThreadFactory threads = DaemonThreads.numbered("gatepost-test");
        assertEquals("gatepost-test-1", threads.newThread(() -> {}).getName());
        assertEquals("gatepost-test-2", threads.newThread(() -> {}).getName());
    }

    @Test
    void theyDoNotKeepJavaFromEnding() {
        assertTrue(DaemonThreads.named("gatepost-test").newThread(() -> {}).isDaemon());
    }

    @Test
    void whatNobodyCatchesIsInTheLog() throws InterruptedException {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            Thread thread = DaemonThreads.named("gatepost-test").newThread(() -> {
                throw new IllegalStateException("of a test");
            });
            thread.start();
            thread.join();
        } finally {
            System.setErr(before);
        }
        String text = log.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("the thread gatepost-test has ended by what it did not catch"), text);
        assertTrue(text.contains("IllegalStateException: of a test"), text);
    }
}
