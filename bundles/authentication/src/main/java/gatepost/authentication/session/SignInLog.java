package gatepost.authentication.session;

import gatepost.authentication.identity.Identity;
import gatepost.authentication.login.SignInRefused;
import gatepost.contracts.Printable;
import gatepost.metrics.CountedLines;
import gatepost.metrics.MetricSource;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts sign-ins, and writes the audit of them: one line each, {@code key="value"}; what is refused always, what is accepted when that
 * is wanted, or else at DEBUG. Of what an address has refused again and again, or a user accepted, sums are written.
 */
final class SignInLog implements MetricSource {

    private static final Logger AUDIT = LoggerFactory.getLogger("gatepost.audit");
    private static final String ACCEPTED = "accepted";
    private static final String REFUSED = "refused";
    private static final String LIMITED = "limited";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter logins = Counter.builder()
            .name("gatepost_logins")
            .help("Sign-ins, and what became of them")
            .labelNames("result")
            .withoutExemplars()
            .register(registry);

    private final Counter refreshes = Counter.builder()
            .name("gatepost_token_refreshes")
            .help("Tokens that live sessions sent in the place of theirs, and what became of them")
            .labelNames("result")
            .withoutExemplars()
            .register(registry);

    private final CountedLines refreshRefusals =
            new CountedLines("event=\"token-refresh\" outcome=\"refused\"", AUDIT::info);
    private final CountedLines refusals = new CountedLines("event=\"sign-in\" outcome=\"refused\"", AUDIT::info);

    /** Accepted ones of a user, so that what one application does again and again leaves room for the others. */
    private final CountedLines acceptances = new CountedLines("event=\"sign-in\" outcome=\"accepted\"", AUDIT::info);

    private final BooleanSupplier all;

    /** @param all whether the log has what is accepted as well, now */
    SignInLog(BooleanSupplier all) {
        this.all = all;
        CounterWithCallback.builder()
                .name("gatepost_logins_summed")
                .help("Sign-ins that the audit log tells of in sums only")
                .callback(
                        counter -> counter.call(refusals.counted() + refreshRefusals.counted() + acceptances.counted()))
                .register(registry);
        logins.initLabelValues(ACCEPTED);
        for (SignInRefused.Kind kind : SignInRefused.Kind.values()) {
            logins.initLabelValues(word(kind));
        }
        refreshes.initLabelValues(ACCEPTED);
        refreshes.initLabelValues(REFUSED);
        refreshes.initLabelValues(LIMITED);
    }

    @Override
    public MetricSnapshots scrape() {
        return registry.scrape();
    }

    void accepted(Identity identity, String address) {
        logins.labelValues(ACCEPTED).inc();
        if (all.getAsBoolean()) {
            String who = "user=" + quoted(identity.user());
            String from = from(address);
            acceptances.write(
                    who,
                    from,
                    "event=\"sign-in\" outcome=\"accepted\" " + who + ' ' + from + " source=\"" + identity.source()
                            + "\" groups=" + quoted(identity.groups().toString()));
        } else if (AUDIT.isDebugEnabled()) {
            AUDIT.debug(
                    "event=\"sign-in\" outcome=\"accepted\" user={} address={} source=\"{}\" groups={}",
                    quoted(identity.user()),
                    quoted(address),
                    identity.source(),
                    quoted(identity.groups().toString()));
        }
    }

    void refused(String login, String address, SignInRefused refusal) {
        logins.labelValues(word(refusal.kind())).inc();
        String from = from(address);
        String who = "user=" + quoted(login);
        refusals.write(
                from,
                who,
                "event=\"sign-in\" outcome=\"refused\" " + who + ' ' + from + " reason=" + quoted(refusal.reason()));
    }

    void refreshed(Identity identity, String address) {
        refreshes.labelValues(ACCEPTED).inc();
        if (AUDIT.isDebugEnabled()) {
            AUDIT.debug(
                    "event=\"token-refresh\" outcome=\"accepted\" user={} address={} ends=\"{}\" groups={}",
                    quoted(identity.user()),
                    quoted(address),
                    identity.ends(),
                    quoted(identity.groups().toString()));
        }
    }

    void refreshRefused(String user, String address, SignInRefused refusal) {
        refreshes.labelValues(REFUSED).inc();
        notRefreshed(user, address, refusal.reason());
    }

    void refreshLimited(String user, String address, String reason) {
        refreshes.labelValues(LIMITED).inc();
        notRefreshed(user, address, reason);
    }

    private void notRefreshed(String user, String address, String reason) {
        String from = from(address);
        String who = "user=" + quoted(user);
        refreshRefusals.write(
                from,
                who,
                "event=\"token-refresh\" outcome=\"refused\" " + who + ' ' + from + " reason=" + quoted(reason));
    }

    /** Without the port, which is another at each attempt. */
    private static String from(String address) {
        return "address=" + quoted(address == null ? "" : address.replaceFirst(":\\d+(?=$|\\?)", ""));
    }

    private static String word(SignInRefused.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Nothing that a client sends may end a line of the log or a value in it. */
    static String quoted(String value) {
        return Printable.quoted(value == null ? "" : value);
    }
}
