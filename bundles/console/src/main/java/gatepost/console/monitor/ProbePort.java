package gatepost.console.monitor;

import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Problem;
import gatepost.console.Console;
import gatepost.threads.DaemonThreads;
import gatepost.threads.RepeatedTask;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Has a {@link ProbeServer} listen where {@code probe.address} says, and try again each second where it cannot. */
@Component(service = {})
public final class ProbePort {

    private static final long LOOK_SECONDS = 1;
    private static final String REPORT = Console.PID + ".probe";
    private static final String FILE = "etc/" + Console.PID + ".cfg";

    private final Console console;
    private final Monitor monitor;
    private final ConfigurationReports reports;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("gatepost-probe-port"));
    private Optional<ProbeServer> server = Optional.empty();
    private Optional<InetSocketAddress> refused = Optional.empty();

    @Activate
    public ProbePort(@Reference Console console, @Reference Monitor monitor, @Reference ConfigurationReports reports) {
        this.console = console;
        this.monitor = monitor;
        this.reports = reports;
        watch.scheduleWithFixedDelay(
                new RepeatedTask("the look at probe.address", this::look), 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    public void deactivate() {
        watch.shutdown();
        close();
        reports.removed(REPORT);
    }

    private synchronized void look() {
        Optional<InetSocketAddress> wanted = console.settings().monitors().probe();
        if (watch.isShutdown() || wanted.equals(server.map(ProbeServer::address))) {
            return;
        }
        close();
        if (wanted.isEmpty()) {
            reports.removed(REPORT);
            return;
        }
        try {
            server = Optional.of(new ProbeServer(wanted.get(), monitor));
            refused = Optional.empty();
            reports.taken(REPORT, FILE, "metrics and health are at " + text(wanted.get()));
        } catch (IOException e) {
            if (!refused.equals(wanted)) {
                refused = wanted;
                reports.refused(
                        REPORT,
                        FILE,
                        List.of(new Problem(
                                FILE,
                                "probe.address",
                                text(wanted.get()),
                                "cannot listen there: " + e.getMessage() + "; tried again every second")));
            }
        }
    }

    private synchronized void close() {
        server.ifPresent(ProbeServer::close);
        server = Optional.empty();
    }

    private static String text(InetSocketAddress address) {
        String literal = address.getAddress().getHostAddress();
        return (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + address.getPort();
    }
}
