package gatepost.metrics.service;

import gatepost.metrics.health.HealthCheck;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;

/** Whether threads wait for each other for ever. */
@Component(service = HealthCheck.class, property = HealthCheck.NAME + "=deadlock")
public final class DeadlockCheck implements HealthCheck {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public List<String> problems() {
        long[] deadlocked = threads.findDeadlockedThreads();
        if (deadlocked == null) {
            return List.of();
        }
        return List.of("threads wait for each other for ever: "
                + Arrays.stream(threads.getThreadInfo(deadlocked))
                        .filter(Objects::nonNull)
                        .map(ThreadInfo::getThreadName)
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }

    @Override
    public boolean needsRestart() {
        return true;
    }
}
