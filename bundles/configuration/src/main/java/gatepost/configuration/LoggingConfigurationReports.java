package gatepost.configuration;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the reports in memory, one for each PID, and logs each as it comes in. */
@Component
public final class LoggingConfigurationReports implements ConfigurationReports {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationReports.class);

    private final ConcurrentSkipListMap<String, ConfigurationReport> last = new ConcurrentSkipListMap<>();

    @Override
    public void taken(String pid, String file, String note) {
        last.put(pid, new ConfigurationReport(pid, file, Instant.now(), List.of(), note));
        LOG.info("{} is in force{}", file, note.isEmpty() ? "" : ": " + note);
    }

    @Override
    public void refused(String pid, String file, List<Problem> problems) {
        last.put(pid, new ConfigurationReport(pid, file, Instant.now(), problems, ""));
        problems.forEach(problem -> LOG.error("refused, the last good value stays in force: {}", problem));
    }

    @Override
    public void removed(String pid) {
        if (last.remove(pid) != null) {
            LOG.info("{} is gone", pid);
        }
    }

    @Override
    public List<ConfigurationReport> all() {
        return List.copyOf(last.values());
    }
}
