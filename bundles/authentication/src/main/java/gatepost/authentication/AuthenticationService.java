package gatepost.authentication;

import gatepost.authentication.api.GroupsListener;
import gatepost.authentication.api.OwnAccount;
import gatepost.authentication.login.Authenticator;
import gatepost.authentication.login.OwnAccounts;
import gatepost.authentication.realm.GatepostRealm;
import gatepost.authentication.realm.HashedPasswords;
import gatepost.authentication.realm.RealmLogin;
import gatepost.authentication.realm.UsersFile;
import gatepost.authentication.session.AuthenticationPlugin;
import gatepost.authentication.session.Sessions;
import gatepost.authentication.watch.FileWatch;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.security.auth.login.Configuration;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.ConnectionContext;
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
@Component(configurationPid = AuthenticationSettings.PID, immediate = true, service = {})
@Designate(ocd = AuthenticationDefinition.class)
public final class AuthenticationService {

    private final OwnAccounts ownAccounts = new OwnAccounts();
    private final List<GroupsListener> listeners = new CopyOnWriteArrayList<>();
    private final Sessions sessions = new Sessions(this::groupsChanged);
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread created = new Thread(task, "gatepost-authentication");
        created.setDaemon(true);
        return created;
    });
    private final Registrations always;
    private final Registrations realm;
    private final ConfigurationReports reports;
    private final Path home = Path.of(System.getProperty("karaf.base", ""));
    private volatile Authenticator authenticator;
    private FileWatch watch;

    @Activate
    public AuthenticationService(BundleContext context, Map<String, ?> properties, @Reference ConfigurationReports reports) {
        this.always = new Registrations(context);
        this.realm = new Registrations(context);
        this.reports = reports;
        thread.setRemoveOnCancelPolicy(true);
        always.add(EncryptionService.class, new HashedPasswords(), Map.of("name", HashedPasswords.NAME));
        ownAccounts.all().forEach(account ->
                always.add(OwnAccount.class, account, Map.of(OwnAccount.NAME_PROPERTY, account.name())));
        modified(properties);
    }

    /** Takes a changed configuration. One that says nothing is being written and one that is wrong is refused. */
    @Modified
    public synchronized void modified(Map<String, ?> properties) {
        if (Settings.isBlank(properties)) {
            return;
        }
        try {
            apply(AuthenticationSettings.read(properties, home));
        } catch (ConfigurationProblems e) {
            reports.refused(AuthenticationSettings.PID, Settings.file(AuthenticationSettings.PID, properties), e.problems());
        }
    }

    private void apply(AuthenticationSettings settings) {
        boolean first = authenticator == null;
        if (!first) {
            watch.close();
        }
        UsersFile usersFile = new UsersFile(settings.usersFile());
        realm.replaceWith(JaasRealm.class, new GatepostRealm(settings.realm()), Map.of());
        RealmLogin realmLogin = new RealmLogin(Configuration::getConfiguration);
        authenticator = new Authenticator(realmLogin, usersFile, ownAccounts, settings.rules());
        watch = new FileWatch(List.of(settings.usersFile()), thread, () -> sessions.agreeWith(usersFile));
        sessions.agreeWith(usersFile);
        if (first) {
            always.add(BrokerPlugin.class, new AuthenticationPlugin(() -> authenticator, sessions),
                    Map.of("gatepost.plugin", "authentication"));
        }
        reports.taken(AuthenticationSettings.PID, settings.file(), "");
    }

    @Deactivate
    public synchronized void deactivate() {
        always.close();
        realm.close();
        thread.shutdownNow();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addListener(GroupsListener listener) {
        listeners.add(listener);
    }

    /** Counterpart of {@link #addListener}. */
    public void removeListener(GroupsListener listener) {
        listeners.remove(listener);
    }

    private void groupsChanged(ConnectionContext context) {
        listeners.forEach(listener -> listener.groupsChanged(context));
    }
}
