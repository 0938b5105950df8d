package gatepost.authentication.realm;

import gatepost.contracts.NameAndPassword;
import java.security.Principal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.boot.principal.GroupPrincipal;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.modules.jdbc.JDBCLoginModule;
import org.apache.karaf.jaas.modules.ldap.LDAPLoginModule;

/**
 * Asks the realm {@code gatepost} about a user and a password. A name that the users file holds is the users file's alone: no
 * other login module can sign somebody in under it.
 *
 * <p>For the users file the answer comes from {@link UsersFile}, which holds it in memory: Karaf's login module, which the realm
 * names for Karaf's {@code jaas:} commands, reads and parses the whole file at each sign-in, so that thousands of users who
 * come back at once would keep the processors busy with nothing else.
 */
public final class RealmLogin {

    private static final List<String> OUTAGES = List.of(
            "Can't connect to the LDAP server", "Error has occurred while retrieving credentials from database");

    private final Supplier<Configuration> configuration;
    private final UsersFile usersFile;
    private final RecentlyVerified verified = new RecentlyVerified(System::nanoTime);
    private final Map<String, UsualCost> usualCosts = new ConcurrentHashMap<>();

    /**
     * @param configuration the process-wide one, into which Karaf puts every realm
     * @param usersFile what the realm's entry for the users file stands for
     */
    public RealmLogin(Supplier<Configuration> configuration, UsersFile usersFile) {
        this.configuration = configuration;
        this.usersFile = usersFile;
    }

    /** @return what {@link #groups} would take: it should run on a thread of its own unless that is {@link Effort#NONE} */
    public Effort effort(String user, String password) throws RealmUnavailable {
        AppConfigurationEntry[] all = entries();
        if (Arrays.stream(all).noneMatch(RealmLogin::isUsersFile)) {
            return effort(user, password, all);
        }
        UsersFile.Lookup lookup = usersFile.lookup(user);
        if (lookup.password().isEmpty()) {
            return all.length > 1
                    ? effort(user, password, others(all))
                    : lookup.commonCost() > 0 ? Effort.HASH : Effort.NONE;
        }
        StoredPassword stored = lookup.password().get();
        boolean quick = stored.cost() > 0
                ? verified.groups(user, password, stored.text()).isPresent()
                : lookup.commonCost() == 0 || stored.matches(password);
        return quick ? Effort.NONE : Effort.HASH;
    }

    private Effort effort(String user, String password, AppConfigurationEntry[] directories) {
        boolean quick = directories(directories)
                .flatMap(these -> verified.groups(user, password, these))
                .isPresent();
        return quick ? Effort.NONE : Effort.DIRECTORY;
    }

    /** Has a user's password checked the next time, whenever it was right before; any thread. */
    public void forget(String user) {
        verified.forget(user);
    }

    /**
     * Checks a password. Blocks for as long as the login modules do; a name that the users file does not hold takes as long as one
     * that it does.
     *
     * @return the groups and roles of the user, {@code _g_:} stripped
     * @throws LoginException when the user is unknown or the password wrong
     * @throws RealmUnavailable when nobody could tell
     */
    public Set<String> groups(String user, String password) throws LoginException, RealmUnavailable {
        AppConfigurationEntry[] all = entries();
        if (Arrays.stream(all).anyMatch(RealmLogin::isUsersFile)) {
            UsersFile.Lookup lookup = usersFile.lookup(user);
            if (lookup.user().isPresent() && lookup.password().isPresent()) {
                check(user, password, lookup.password().get(), lookup.commonCost());
                return lookup.user().get().groups();
            }
            if (all.length == 1) {
                wasteTime(password, lookup.commonCost());
            }
        }
        return elsewhere(user, password, others(all));
    }

    private Set<String> elsewhere(String user, String password, AppConfigurationEntry[] others)
            throws LoginException, RealmUnavailable {
        Optional<String> directories = directories(others);
        Optional<Set<String>> known = directories.flatMap(these -> verified.groups(user, password, these));
        if (known.isPresent()) {
            return known.get();
        }
        long begun = verified.begin();
        Set<String> groups = modules(
                user, password, Arrays.stream(others).map(this::discreet).toArray(AppConfigurationEntry[]::new));
        directories.ifPresent(these -> verified.add(user, password, these, groups, begun));
        return groups;
    }

    private static AppConfigurationEntry[] others(AppConfigurationEntry[] all) {
        return Arrays.stream(all).filter(entry -> !isUsersFile(entry)).toArray(AppConfigurationEntry[]::new);
    }

    /**
     * @return what tells these LDAP directories and databases, with all their options, from others; nothing where somebody else's login
     *         module is asked as well: its passwords may be good once only
     */
    private static Optional<String> directories(AppConfigurationEntry[] entries) {
        boolean all = Arrays.stream(entries)
                .map(RealmLogin::module)
                .allMatch(module -> module.equals(LDAPLoginModule.class.getName())
                        || module.equals(JDBCLoginModule.class.getName()));
        return all
                ? Optional.of(Arrays.stream(entries)
                        .map(entry -> module(entry) + entry.getControlFlag() + new TreeMap<>(entry.getOptions()))
                        .collect(Collectors.joining("\n")))
                : Optional.empty();
    }

    private static String module(AppConfigurationEntry entry) {
        Object proxied = entry.getOptions().get(ProxyLoginModule.PROPERTY_MODULE);
        return proxied == null ? entry.getLoginModuleName() : proxied.toString();
    }

    private void check(String user, String password, StoredPassword stored, int commonCost) throws LoginException {
        boolean hashed = stored.cost() > 0;
        if (hashed && verified.groups(user, password, stored.text()).isPresent()) {
            return;
        }
        long begun = verified.begin();
        if (!stored.matches(password)) {
            if (!hashed) {
                wasteTime(password, commonCost);
            }
            throw new FailedLoginException("the password is wrong");
        }
        if (hashed) {
            // the groups are the file's, as it is now
            verified.add(user, password, stored.text(), Set.of(), begun);
        }
    }

    /** The time of an answer must not tell which names there are, so nobody is refused quicker than those with a hashed password. */
    private static void wasteTime(String password, int commonCost) {
        if (commonCost > 0) {
            PasswordHash.matchesNothing(password, commonCost);
        }
    }

    private AppConfigurationEntry[] entries() throws RealmUnavailable {
        AppConfigurationEntry[] all = configuration.get().getAppConfigurationEntry(GatepostRealm.NAME);
        if (all == null) {
            throw new RealmUnavailable("there is no JAAS realm " + GatepostRealm.NAME, null);
        }
        return all;
    }

    private static Set<String> modules(String user, String password, AppConfigurationEntry[] entries)
            throws LoginException, RealmUnavailable {
        if (entries.length == 0) {
            throw new LoginException("not in the users file, and the realm has no other login module");
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // LoginContext takes login modules, and JNDI its LDAP client, from here
        thread.setContextClassLoader(RealmLogin.class.getClassLoader());
        try {
            Subject subject = new Subject();
            new LoginContext(GatepostRealm.NAME, subject, new NameAndPassword(user, password), new Chosen(entries))
                    .login();
            return groups(subject.getPrincipals());
        } catch (LoginException e) {
            String message = String.valueOf(e.getMessage());
            if (OUTAGES.stream().anyMatch(message::startsWith)) {
                throw new RealmUnavailable(message, e);
            }
            throw e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * @return the entry with a module of ours in the place of Karaf's, of which an answer's time would tell whether there is such a user;
     *         the realm goes on naming Karaf's, since the {@code jaas:} commands find by their names how to change what is behind them
     */
    private AppConfigurationEntry discreet(AppConfigurationEntry entry) {
        Map<String, Object> options = new HashMap<>(entry.getOptions());
        String module = module(entry);
        if (module.equals(LDAPLoginModule.class.getName())) {
            return new AppConfigurationEntry(DirectoryLogin.class.getName(), entry.getControlFlag(), options);
        }
        if (module.equals(JDBCLoginModule.class.getName())) {
            options.put(
                    DatabaseLogin.USUAL_COST,
                    usualCosts.computeIfAbsent(
                            String.valueOf(options.get("datasource")), datasource -> new UsualCost()));
            return new AppConfigurationEntry(DatabaseLogin.class.getName(), entry.getControlFlag(), options);
        }
        return entry;
    }

    private static boolean isUsersFile(AppConfigurationEntry entry) {
        return entry.getOptions().containsKey(GatepostRealm.USERS_FILE_ENTRY);
    }

    private static Set<String> groups(Set<Principal> principals) {
        Set<String> groups = new TreeSet<>();
        for (Principal principal : principals) {
            if (principal instanceof GroupPrincipal || principal instanceof RolePrincipal) {
                groups.add(UsersContent.plain(principal.getName()));
            }
        }
        groups.remove("");
        return groups;
    }

    private static final class Chosen extends Configuration {

        private final AppConfigurationEntry[] entries;

        Chosen(AppConfigurationEntry[] entries) {
            this.entries = entries;
        }

        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            // LoginContext also asks for "other", which must not become a second way in
            return GatepostRealm.NAME.equals(name) ? entries : null;
        }
    }
}
