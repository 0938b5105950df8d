package gatepost.metrics.service;

import gatepost.metrics.MetricSource;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * What the operating system knows of the process, under the names that Prometheus' client libraries have for it. What a system does not
 * tell is left out.
 */
@Component(service = MetricSource.class)
public final class ProcessMetrics implements MetricSource {

    /** In pages that cost nothing to read; the file is the kernel's own. */
    private static final Path STATUS = Path.of("/proc/self/status");

    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;
    private static final int KIB = 1024;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName system;
    private final Path status;

    @Activate
    public ProcessMetrics() {
        this(STATUS);
    }

    /** @param status in the form of proc(5) */
    ProcessMetrics(Path status) {
        this.status = status;
        try {
            system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
        long start = ManagementFactory.getRuntimeMXBean().getStartTime();
        CounterWithCallback.builder()
                .name("process_cpu_seconds_total")
                .help("Time of processors that the process has used, its own and the system's for it")
                .callback(metric -> bean("ProcessCpuTime").ifPresent(nanos -> metric.call(nanos / NANOS)))
                .register(registry);
        gauge(
                "process_start_time_seconds",
                "When the process was started, in seconds since 1970",
                () -> OptionalDouble.of(start / MILLIS));
        gauge("process_open_fds", "Files and sockets that are open", () -> bean("OpenFileDescriptorCount"));
        gauge("process_max_fds", "Files and sockets that may be open", () -> bean("MaxFileDescriptorCount"));
        gauge("process_resident_memory_bytes", "Memory of the machine that the process has", () -> kib("VmRSS"));
        gauge("process_virtual_memory_bytes", "Addresses that the process has asked for", () -> kib("VmSize"));
    }

    /** Asked anew each time. */
    private interface Figure {

        OptionalDouble value();
    }

    private void gauge(String name, String help, Figure figure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(metric -> figure.value().ifPresent(metric::call))
                .register(registry);
    }

    /** By name, since a bundle may not see the interface that has it. */
    private OptionalDouble bean(String attribute) {
        try {
            double value = ((Number) beans.getAttribute(system, attribute)).doubleValue();
            return value < 0 ? OptionalDouble.empty() : OptionalDouble.of(value);
        } catch (JMException e) {
            return OptionalDouble.empty();
        }
    }

    private OptionalDouble kib(String line) {
        try {
            Matcher matcher =
                    Pattern.compile("(?m)^" + line + ":\\s+(\\d+) kB$").matcher(Files.readString(status));
            return matcher.find()
                    ? OptionalDouble.of(Double.parseDouble(matcher.group(1)) * KIB)
                    : OptionalDouble.empty();
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    @Override
    public MetricSnapshots scrape() {
        return registry.scrape();
    }
}
