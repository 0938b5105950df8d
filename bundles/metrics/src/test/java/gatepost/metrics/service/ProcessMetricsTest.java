package gatepost.metrics.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessMetricsTest {

    @TempDir
    private Path folder;

    @Test
    void memoryIsWhatTheKernelSaysInBytes() throws IOException {
        Path status = Files.writeString(
                folder.resolve("status"), "Name:\tjava\nVmPeak:\t  99 kB\nVmSize:\t 4096 kB\nVmRSS:\t    1000 kB\n");
        Map<String, Double> samples = Samples.of(new ProcessMetrics(status).scrape());
        assertEquals(4096 * 1024, samples.get("process_virtual_memory_bytes"));
        assertEquals(1000 * 1024, samples.get("process_resident_memory_bytes"));
    }

    @Test
    void whatTheSystemDoesNotTellIsLeftOut() {
        Map<String, Double> samples = Samples.of(new ProcessMetrics(folder.resolve("none")).scrape());
        assertFalse(samples.containsKey("process_resident_memory_bytes"), samples::toString);
        assertTrue(samples.get("process_start_time_seconds") > 1.7e9, samples::toString);
    }

    @Test
    void thisProcessHasFilesOpenAndUsesProcessors() {
        Map<String, Double> samples = Samples.of(new ProcessMetrics().scrape());
        assertTrue(samples.get("process_open_fds") > 2, samples::toString);
        assertTrue(samples.get("process_max_fds") > samples.get("process_open_fds"), samples::toString);
        assertTrue(samples.get("process_cpu_seconds_total") > 0.01, samples::toString);
        assertTrue(samples.get("process_cpu_seconds_total") < 1e6, samples::toString);
    }

    @Test
    void aBuildNamesItselfAndWhatNobodyKnows() {
        Hashtable<String, String> headers =
                new Hashtable<>(Map.of("Bundle-Version", "1.2.3", "Gatepost-Revision", " "));
        String java = System.getProperty("java.version");
        Map<String, Double> samples = Samples.of(new BuildMetrics(headers).scrape());
        assertEquals(1, samples.size());
        String name = samples.keySet().iterator().next();
        for (String label : new String[] {"1.2.3", "unknown", java}) {
            assertTrue(name.contains(label), name);
        }
    }
}
