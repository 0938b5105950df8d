package gatepost.broker.shell;

import gatepost.broker.EmbeddedBroker;
import gatepost.broker.connector.ConnectorStatus;
import gatepost.broker.connector.Connectors;
import gatepost.broker.metrics.QueueTotals;
import gatepost.broker.metrics.Rates;
import gatepost.broker.queue.KnownQueue;
import gatepost.broker.quota.DeadLetters;
import gatepost.broker.quota.Ledger;
import gatepost.configuration.ConfigurationReport;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Problem;
import gatepost.metrics.view.WebhookView;
import gatepost.metrics.view.WebhookView.WebhookRow;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Bytes;
import gatepost.shell.Listing;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.apache.activemq.usage.SystemUsage;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.osgi.framework.FrameworkUtil;

/** {@code gatepost:status}: is it well, how busy is it, and was the last change of each configuration taken? */
@Service
@Command(
        scope = "gatepost",
        name = "status",
        description =
                "Shows whether all is well: the broker, its connectors, its limits, and what became of the last change "
                        + "of each configuration",
        detailedDescription = "classpath:status.txt")
public final class StatusCommand extends AnsweringCommand {

    @Reference
    private EmbeddedBroker broker;

    @Reference
    private Connectors connectors;

    @Reference
    private ConfigurationReports reports;

    @Reference
    private Rates rates;

    @Reference(optional = true)
    private WebhookView webhooks;

    @Override
    protected Answer answer() {
        Map<String, Object> facts = facts();
        Listing places = ConnectorListCommand.list(connectors);
        Listing limits = limits();
        Optional<Listing> hooks = hooks();
        Listing changes = changes();
        return new Answer() {
            @Override
            public void print(PrintStream out, boolean format) {
                facts.forEach((name, value) -> out.printf("%-10s%s%n", title(name), Listing.text(value)));
                places.print(out, format);
                limits.print(out, format);
                hooks.ifPresent(list -> list.print(out, format));
                changes.print(out, format);
            }

            @Override
            public Object object() {
                Map<String, Object> object = new LinkedHashMap<>();
                facts.forEach((name, value) -> object.put(name, Listing.plain(value)));
                object.put("connectors", places.objects());
                object.put("limits", limits.objects());
                object.put("webhooks", hooks.map(Listing::objects).orElse(List.of()));
                object.put("configurations", changes.objects());
                return object;
            }
        };
    }

    private Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(
                "version",
                FrameworkUtil.getBundle(StatusCommand.class).getVersion().toString());
        facts.put(
                "uptime", Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()));
        facts.put("broker", broker.problem().isEmpty() ? "open" : "closed: " + broker.problem());
        facts.put("plugins", String.join(", ", broker.plugins()));
        facts.put("users", broker.users());
        facts.put(
                "sessions",
                connectors.status().stream()
                        .mapToInt(ConnectorStatus::connections)
                        .sum());
        QueueTotals totals = QueueTotals.of(broker);
        facts.put("queues", totals.queues());
        facts.put("messages", totals.messages());
        facts.put("deepest", totals.deepest());
        facts.put("inRate", Math.round(rates.received() * 10) / 10.0);
        facts.put("outRate", Math.round(rates.dispatched() * 10) / 10.0);
        return facts;
    }

    private static String title(String fact) {
        return switch (fact) {
            case "inRate" -> "In / s";
            case "outRate" -> "Out / s";
            default -> Character.toUpperCase(fact.charAt(0)) + fact.substring(1);
        };
    }

    private Listing limits() {
        Listing list = new Listing("Limit", "Used", "Of", "Percent").ifEmpty("The broker is stopped");
        broker.running().ifPresent(running -> {
            SystemUsage usage = running.getSystemUsage();
            limit(
                    list,
                    Bytes::new,
                    "store",
                    usage.getStoreUsage().getUsage(),
                    usage.getStoreUsage().getLimit());
            limit(
                    list,
                    Bytes::new,
                    "memory of messages",
                    usage.getMemoryUsage().getUsage(),
                    usage.getMemoryUsage().getLimit());
            limit(
                    list,
                    Bytes::new,
                    "temporary store",
                    usage.getTempUsage().getUsage(),
                    usage.getTempUsage().getLimit());
        });
        broker.ledger().ifPresent(ledger -> kept(list, ledger));
        Runtime java = Runtime.getRuntime();
        limit(list, Bytes::new, "heap", java.totalMemory() - java.freeMemory(), java.maxMemory());
        for (ConnectorStatus status : connectors.status()) {
            limit(list, Long::valueOf, "connections of " + status.name(), status.connections(), status.limit());
        }
        return list;
    }

    /** Of the users the one who is nearest, by name. */
    private void kept(Listing list, Ledger ledger) {
        broker.running()
                .flatMap(running -> KnownQueue.named(running, DeadLetters.QUEUE))
                .ifPresent(queue -> {
                    limit(
                            list,
                            Long::valueOf,
                            "dead letters",
                            queue.messages(),
                            ledger.deadLetters().limit());
                    limited(
                            list,
                            Bytes::new,
                            "bytes of dead letters",
                            queue.bytes(),
                            ledger.deadLetters().byteLimit());
                });
        ledger.mostHeld()
                .ifPresent(user -> limited(
                        list,
                        Bytes::new,
                        "memory of user " + user.name(),
                        user.bytes(),
                        ledger.held().limit()));
        ledger.mostStored().ifPresent(user -> {
            limited(
                    list,
                    Bytes::new,
                    "store of user " + user.name(),
                    user.bytes(),
                    ledger.admission().quotas().userBytes());
            limited(
                    list,
                    Long::valueOf,
                    "messages of user " + user.name(),
                    user.messages(),
                    ledger.admission().quotas().userMessages());
        });
    }

    /** @param limit 0 for none, which is not shown */
    private static void limited(Listing list, LongFunction<Object> unit, String name, long used, long limit) {
        if (limit > 0) {
            limit(list, unit, name, used, limit);
        }
    }

    private static void limit(Listing list, LongFunction<Object> unit, String name, long used, long limit) {
        list.row(name, unit.apply(used), unit.apply(limit), limit == 0 ? 100 : 100 * used / limit);
    }

    /** @return nothing where there is no webhook */
    private Optional<Listing> hooks() {
        List<WebhookRow> rows = webhooks == null ? List.of() : webhooks.webhooks();
        Listing list = new Listing("Webhook", "State", "Pending", "Oldest", "Lost", "Last failure");
        rows.forEach(row -> list.row(row.name(), row.state(), row.pending(), row.oldest(), row.lost(), row.failure()));
        return rows.isEmpty() ? Optional.empty() : Optional.of(list);
    }

    private Listing changes() {
        Listing list = new Listing("Configuration", "Last change", "Result");
        for (ConfigurationReport report : reports.all()) {
            list.row(report.pid(), report.at().truncatedTo(ChronoUnit.SECONDS), result(report));
        }
        return list;
    }

    private static String result(ConfigurationReport report) {
        return switch (report.outcome()) {
            case TAKEN -> report.note().isEmpty() ? "taken" : "taken: " + report.note();
            case AWAITED -> "waiting for its content: the file is empty, what was in force before stays";
            case REFUSED ->
                "refused: " + report.problems().stream().map(Problem::toString).collect(Collectors.joining("; "));
        };
    }
}
