package gatepost.authentication;

import gatepost.authentication.api.OwnAccount;
import gatepost.authentication.api.PageTokens;
import gatepost.authentication.api.UserListener;
import gatepost.authentication.login.Authenticator;
import gatepost.authentication.login.CheckRules;
import gatepost.authentication.login.OwnAccounts;
import gatepost.authentication.login.PasswordChecks;
import gatepost.authentication.realm.GatepostRealm;
import gatepost.authentication.realm.HashedPasswords;
import gatepost.authentication.realm.RealmLogin;
import gatepost.authentication.revocation.RevocationIndex;
import gatepost.authentication.revocation.StoredRevocations;
import gatepost.authentication.session.Announcements;
import gatepost.authentication.session.AuthenticationPlugin;
import gatepost.authentication.session.OpenSessions;
import gatepost.authentication.session.RefreshBudget;
import gatepost.authentication.session.Sessions;
import gatepost.authentication.throttle.Throttle;
import gatepost.authentication.token.KeySource;
import gatepost.authentication.token.TokenVerifier;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.FileWatch;
import gatepost.configuration.Problem;
import gatepost.configuration.Settings;
import gatepost.contracts.GroupsListener;
import gatepost.contracts.Revocation;
import gatepost.contracts.Revocations;
import gatepost.contracts.SessionCuts;
import gatepost.contracts.SessionList;
import gatepost.contracts.SessionListener;
import gatepost.contracts.SessionReview;
import gatepost.contracts.UserGroups;
import gatepost.metrics.MetricSource;
import gatepost.threads.DaemonThreads;
import gatepost.threads.RepeatedTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.security.auth.login.Configuration;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.karaf.jaas.config.JaasRealm;
import org.apache.karaf.jaas.modules.EncryptionService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Puts authentication together from the PID {@code gatepost.authentication} and offers it to the broker. Until there is a
 * configuration that can be used nothing is offered, and the broker lets nobody in.
 */
@Component(
        configurationPid = AuthenticationSettings.PID,
        immediate = true,
        service = {})
@Designate(ocd = AuthenticationDefinition.class)
public final class AuthenticationService {

    private final InstantSource clock = InstantSource.system();
    private final OwnAccounts ownAccounts = new OwnAccounts();
    private final List<SessionReview> reviews = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("gatepost-authentication"));
    private final PasswordChecks checks = new PasswordChecks(CheckRules.DEFAULT);
    private final Announcements announcements = new Announcements(thread);
    private final ScheduledExecutorService closing =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("gatepost-authentication-closing"));
    private final RevocationIndex revoked = new RevocationIndex(clock);
    private final Sessions sessions =
            new Sessions(this::groupsChanged, announcements, new SessionCuts(closing), thread, revoked, clock);
    private final StoredRevocations revocations = new StoredRevocations(revoked, this::cut, clock);
    private final RefreshBudget refreshes = new RefreshBudget(clock);
    private final Registrations always;
    private final Registrations realm;
    private final ConfigurationReports reports;
    private final UsersReport usersReport;
    private final Path home = Path.of(System.getProperty("karaf.base", "")).toAbsolutePath();
    private Throttle throttle;
    private Optional<FileWatch> watch = Optional.empty();
    private Optional<FileWatch> retry = Optional.empty();
    private volatile AuthenticationSettings settings;
    private volatile Authenticator authenticator;

    @Activate
    public AuthenticationService(
            BundleContext context, Map<String, ?> properties, @Reference ConfigurationReports reports) {
        this.always = new Registrations(context);
        this.realm = new Registrations(context);
        this.reports = reports;
        this.usersReport = new UsersReport(reports);
        thread.setRemoveOnCancelPolicy(true);
        always.add(EncryptionService.class, new HashedPasswords(checks::hashed), Map.of("name", HashedPasswords.NAME));
        ownAccounts
                .all()
                .forEach(account ->
                        always.add(OwnAccount.class, account, Map.of(OwnAccount.NAME_PROPERTY, account.name())));
        modified(properties);
    }

    /** Takes a changed configuration. One that says nothing is being written and one that is wrong is refused. */
    @Modified
    public synchronized void modified(Map<String, ?> properties) {
        if (reports.isAwaited(AuthenticationSettings.PID, properties)) {
            return;
        }
        retry.ifPresent(FileWatch::close);
        // looked at before it is read: a file that comes meanwhile is noticed
        FileWatch waiting =
                new FileWatch(AuthenticationSettings.keyFiles(properties, home), thread, () -> modified(properties));
        try {
            AuthenticationSettings read = AuthenticationSettings.read(properties, home);
            waiting.close();
            retry = Optional.empty();
            boolean first = settings == null;
            apply(read);
            if (first) {
                open();
            }
            // said last: whoever reads that it is taken finds it in force
            report(read, "", read.keys().partialFaults());
            usersReport.report(read.usersFile(), read.trusted());
        } catch (ConfigurationProblems e) {
            retry = Optional.of(waiting);
            reports.refused(
                    AuthenticationSettings.PID, Settings.file(AuthenticationSettings.PID, properties), e.problems());
        }
    }

    private void apply(AuthenticationSettings changed) {
        watch.ifPresent(FileWatch::close);
        settings = changed;
        if (throttle == null) {
            throttle = new Throttle(changed.throttle(), clock);
        } else {
            throttle.rules(changed.throttle());
        }
        checks.rules(changed.checks());
        refreshes.limit(changed.refreshes());
        revocations.rules(
                changed.revocations(),
                changed.tokens().maxLifetime().plus(changed.tokens().skew()));
        realm.replaceWith(JaasRealm.class, new GatepostRealm(changed.realm()), Map.of());
        authenticator = new Authenticator(
                new RealmLogin(Configuration::getConfiguration, changed.usersFile()),
                changed.usersFile(),
                new TokenVerifier(changed.keys(), changed.tokens(), clock),
                ownAccounts,
                throttle,
                checks,
                changed.rules(),
                revocations::revoked,
                clock);
        List<Path> files = new ArrayList<>(changed.keys().files());
        changed.usersFile().path().ifPresent(files::add);
        watch = Optional.of(new FileWatch(files, thread, () -> filesChanged(changed), () -> filesMissed(changed)));
        sessions.trust(changed.trusted());
        sessions.agreeWith(changed.usersFile());
        sessions.keysAre(changed.keys().fingerprints());
        announcements.listed(changed.usersFile().users());
    }

    /** Only now that there is something to check logins with. */
    private void open() {
        AuthenticationPlugin plugin = new AuthenticationPlugin(
                () -> authenticator,
                sessions,
                refreshes,
                () -> settings.auditAll(),
                broker -> revocations.storeIs(store(broker)));
        always.add(MetricSource.class, plugin.metrics(), Map.of());
        always.add(MetricSource.class, checks, Map.of());
        always.add(BrokerPlugin.class, plugin, Map.of("gatepost.plugin", "authentication"));
        always.add(MetricSource.class, revocations, Map.of());
        always.add(Revocations.class, revocations, Map.of());
        always.add(SessionList.class, new OpenSessions(sessions), Map.of());
        thread.scheduleWithFixedDelay(
                new RepeatedTask("the look at revocations that are over", revocations::forgetOld),
                1,
                1,
                TimeUnit.HOURS);
        always.add(PageTokens.class, new IssuedPageTokens(ownAccounts.tokens(), () -> authenticator, clock), Map.of());
        always.add(ShellTokens.class, new ShellTokens(() -> settings, clock), Map.of());
        always.add(UserGroups.class, new ListedGroups(() -> settings.usersFile()), Map.of());
        always.add(GroupsListener.class, usersReport, Map.of());
    }

    /** A right password of the user is checked anew, too: what revokes it may be that it was changed where nobody tells us. */
    private int cut(Collection<Revocation> those) {
        Authenticator now = authenticator;
        if (now != null) {
            those.stream().filter(one -> one.kind() != Revocation.Kind.TOKEN).forEach(one -> now.forget(one.name()));
        }
        return sessions.endRevoked();
    }

    private static Object store(Broker broker) {
        try {
            return broker.getBrokerService().getPersistenceAdapter();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void filesChanged(AuthenticationSettings current) {
        if (current != settings) {
            return; // another configuration came in between and has read its own files
        }
        sessions.agreeWith(current.usersFile());
        announcements.listed(current.usersFile().users());
        usersReport.report(current.usersFile(), current.trusted());
        Map<KeySource, String> faults = current.keys().reload();
        sessions.keysAre(current.keys().fingerprints());
        report(current, "users or keys were read again", faults);
    }

    /** One that is gone is waited for: keys stay in force, and users cannot sign in meanwhile. */
    private synchronized void filesMissed(AuthenticationSettings current) {
        if (current == settings) {
            usersReport.report(current.usersFile(), current.trusted());
            Map<KeySource, String> faults = current.keys().reload();
            if (!faults.isEmpty()) {
                report(current, "", faults);
            }
        }
    }

    private void report(AuthenticationSettings current, String note, Map<KeySource, String> faults) {
        if (faults.isEmpty()) {
            reports.taken(AuthenticationSettings.PID, current.file(), note);
            return;
        }
        List<Problem> problems = new ArrayList<>();
        faults.forEach(
                (source, fault) -> problems.add(new Problem(current.file(), "token.keys", source.toString(), fault)));
        reports.refused(AuthenticationSettings.PID, current.file(), problems);
    }

    @Deactivate
    public synchronized void deactivate() {
        always.close();
        realm.close();
        checks.close();
        thread.shutdownNow();
        // after those whose grace runs
        closing.shutdown();
        reports.removed(AuthenticationSettings.PID);
        usersReport.removed();
    }

    /** Whoever decides what sessions may do, asked to do so anew once groups have changed; returns at once. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addReview(SessionReview review) {
        reviews.add(review);
    }

    /** Counterpart of {@link #addReview}. */
    public void removeReview(SessionReview review) {
        reviews.remove(review);
    }

    /** Whoever wants to know who the users are. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addUserListener(UserListener listener) {
        announcements.add(listener);
    }

    /** Counterpart of {@link #addUserListener}. */
    public void removeUserListener(UserListener listener) {
        announcements.remove(listener);
    }

    /** Whoever wants to know which sessions begin and end. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addSessionListener(SessionListener listener) {
        announcements.add(listener);
    }

    /** Counterpart of {@link #addSessionListener}. */
    public void removeSessionListener(SessionListener listener) {
        announcements.remove(listener);
    }

    private void groupsChanged() {
        reviews.forEach(SessionReview::review);
    }
}
