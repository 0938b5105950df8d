package gatepost.console.web;

import java.util.Set;

/** Where monitors ask, without a login; what they are told is in {@code gatepost.console.monitor}. */
public final class MonitorPaths {

    public static final String METRICS = "/metrics";
    public static final String LIVE = "/health/live";
    public static final String READY = "/health/ready";

    private static final Set<String> ALL = Set.of(METRICS, LIVE, READY);

    private MonitorPaths() {}

    /** Whether there is something for monitors under a path. */
    public static boolean contains(String path) {
        return ALL.contains(path);
    }
}
