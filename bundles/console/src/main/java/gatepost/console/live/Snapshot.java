package gatepost.console.live;

import gatepost.authorization.api.Denial;
import gatepost.configuration.ConfigurationReport;
import gatepost.configuration.Problem;
import gatepost.metrics.view.QueueView.QueueRow;
import gatepost.metrics.view.SessionView.SessionRow;
import gatepost.metrics.view.WebhookView.WebhookRow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Everything that the page shows of one moment, in the form that it goes out in. Times are milliseconds since 1970.
 *
 * @param problems why clients are not served, empty when all is well
 * @param changes the last ones
 * @param refused of each configuration whose last change was refused
 */
record Snapshot(
        Sample sample,
        Facts facts,
        List<String> problems,
        List<Queue> queues,
        List<Slow> slow,
        List<Denied> denials,
        List<Webhook> webhooks,
        List<Change> changes,
        List<Change> refused) {

    /**
     * What stands on top of every page.
     *
     * @param started milliseconds since 1970
     */
    record Status(List<String> problems, List<Change> refused, long started) {}

    /** What hardly changes. Sizes in bytes. */
    record Facts(String version, long started, long store, long storeLimit, long heap, long heapLimit) {}

    /** @param oldest {@code null} where that is not known */
    record Queue(String name, long messages, long consumers, Long oldest) {

        static Queue of(QueueRow row) {
            return new Queue(
                    row.name(),
                    row.messages(),
                    row.consumers(),
                    row.oldest().map(Instant::toEpochMilli).orElse(null));
        }
    }

    /** A session that has not got, or not acknowledged, all that is there for it. */
    record Slow(String user, String address, Long since, long waitingBytes, long unacknowledged) {

        static Slow of(SessionRow row) {
            return new Slow(
                    row.user(),
                    row.address(),
                    row.since().map(Instant::toEpochMilli).orElse(null),
                    row.waitingBytes(),
                    row.unacknowledged());
        }
    }

    /** What was denied to somebody, or what somebody was cut off for. */
    record Denied(long at, boolean cut, String user, String operation, String destination, String reason) {

        static Denied of(Denial denial) {
            return new Denied(
                    denial.at().toEpochMilli(),
                    denial.cut(),
                    denial.user(),
                    denial.operation(),
                    denial.destination(),
                    denial.reason());
        }
    }

    /**
     * @param oldest of what is pending; {@code null} when nothing is
     * @param failure empty while it takes events
     */
    record Webhook(String name, String state, int pending, Long oldest, String failure) {

        static Webhook of(WebhookRow row) {
            return new Webhook(
                    row.name(),
                    row.state(),
                    row.pending(),
                    row.oldest().map(Instant::toEpochMilli).orElse(null),
                    row.failure());
        }
    }

    /** @param outcome {@code taken}, {@code refused} or {@code awaited}: what became of the last change of a configuration */
    record Change(long at, String file, String outcome, String note) {

        static Change of(ConfigurationReport report) {
            return new Change(
                    report.at().toEpochMilli(),
                    report.file(),
                    report.outcome().name().toLowerCase(Locale.ROOT),
                    note(report));
        }

        private static String note(ConfigurationReport report) {
            return switch (report.outcome()) {
                case TAKEN -> report.note();
                case AWAITED -> "the file is empty, what was in force before stays";
                case REFUSED ->
                    String.join(
                            "; ", report.problems().stream().map(Change::words).toList());
            };
        }

        /** Without the value, which may be a secret that stands in the wrong place. */
        private static String words(Problem problem) {
            return problem.key() + ": " + problem.reason();
        }
    }
}
