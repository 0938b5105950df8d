package gatepost.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CriticalThreadTest {

    /** What the test starts in a Java of its own. */
    public static final class Process {

        private Process() {}

        public static void main(String[] arguments) throws InterruptedException {
            Thread thread = new CriticalThread(
                    () -> {
                        throw new StackOverflowError("of a test");
                    },
                    "journal",
                    CriticalThread.Ending.OF_JAVA);
            // as what stops in good order does
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    thread.join();
                    System.out.println("stopped in good order");
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
            thread.start();
            TimeUnit.HOURS.sleep(1);
        }
    }

    @Test
    void whatItDoesNotCatchEndsTheProcessInGoodOrderAndLoudly() throws Exception {
        java.lang.Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Process.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it goes on without its thread");
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(CriticalThread.EXIT_STATUS, process.exitValue(), output);
            assertTrue(output.contains("stopped in good order"), output);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void oneThatEndsByItselfEndsNothing() throws InterruptedException {
        StringBuilder ended = new StringBuilder();
        Thread thread = new CriticalThread(() -> {}, "journal", (which, reason) -> ended.append(which.getName()));
        thread.start();
        thread.join();
        assertEquals("", ended.toString());
    }
}
