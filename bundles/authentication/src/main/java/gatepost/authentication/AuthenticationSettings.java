package gatepost.authentication;

import gatepost.authentication.identity.UserName;
import gatepost.authentication.login.CheckRules;
import gatepost.authentication.login.LoginRules;
import gatepost.authentication.realm.LoginModuleChoice;
import gatepost.authentication.realm.UsersFile;
import gatepost.authentication.revocation.StoredRevocations;
import gatepost.authentication.session.RefreshBudget;
import gatepost.authentication.throttle.ThrottleRules;
import gatepost.authentication.token.KeyFault;
import gatepost.authentication.token.KeySource;
import gatepost.authentication.token.TokenKeys;
import gatepost.authentication.token.TokenRules;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A configuration that can be used.
 *
 * @param file where it was set
 * @param usersFile where users are listed, if the realm has such a file
 * @param realm the realm's login modules, first to last
 * @param rules what is decided about logins
 * @param keys the keys of tokens, read
 * @param tokens what tokens must say
 * @param throttle how failed sign-ins are slowed down
 * @param checks how much may be spent on checking passwords
 * @param trusted groups whose users are not rated
 * @param refreshes how many new tokens a user may send in a minute
 * @param revocations how many may be in force
 * @param auditAll whether the audit log has accepted sign-ins, too
 */
record AuthenticationSettings(
        String file,
        UsersFile usersFile,
        List<LoginModuleChoice> realm,
        LoginRules rules,
        TokenKeys keys,
        TokenRules tokens,
        ThrottleRules throttle,
        CheckRules checks,
        Set<String> trusted,
        int refreshes,
        int revocations,
        boolean auditAll) {

    static final String PID = "gatepost.authentication";

    private static final Logger LOG = LoggerFactory.getLogger(AuthenticationSettings.class);

    /** @param home the folder that relative paths start at */
    static AuthenticationSettings read(Map<String, ?> properties, Path home) throws ConfigurationProblems {
        Settings settings = new Settings(PID, properties, AuthenticationDefinition.class);
        Path file = home.resolve(settings.text("users.file"));
        UsersFile usersFile =
                settings.list("realm").contains(RealmSettings.USERS_FILE) ? UsersFile.at(file) : UsersFile.none();
        List<LoginModuleChoice> realm = RealmSettings.read(settings, file);
        LoginRules rules = new LoginRules(
                settings.choice("default.accounts", List.of("loopback", "nowhere"))
                        .equals("loopback"),
                settings.flag("anonymous"));
        TokenKeys keys = keys(settings, home);
        TokenRules tokens = tokens(settings);
        ThrottleRules throttle = new ThrottleRules(
                settings.integer("throttle.address.failures", 1, 1_000_000),
                settings.integer("throttle.user.failures", 1, 1_000_000),
                Duration.ofSeconds(settings.integer("throttle.wait.max", 1, 3600)),
                Duration.ofSeconds(settings.integer("throttle.memory", 1, 86_400)));
        CheckRules checks = new CheckRules(
                CheckRules.hashThreads(settings.integer("password.hash.threads", 0, 64)),
                settings.integer("password.directory.threads", 1, 32),
                settings.integer("password.checks.max", 4, 48));
        Set<String> trusted = Set.copyOf(settings.list("trusted.groups"));
        int refreshes = settings.integer(RefreshBudget.LIMIT, 1, 100_000);
        int revocations = settings.integer(StoredRevocations.LIMIT, 1, 1_000_000);
        boolean auditAll =
                settings.choice("audit.signins", List.of("refused", "all")).equals("all");
        settings.verify();
        return new AuthenticationSettings(
                settings.file(),
                usersFile,
                realm,
                rules,
                keys,
                tokens,
                throttle,
                checks,
                trusted,
                refreshes,
                revocations,
                auditAll);
    }

    /** @return the files that a configuration names, as far as it can be understood; what is wrong with it may heal with them */
    static List<Path> keyFiles(Map<String, ?> properties, Path home) {
        List<Path> files = new ArrayList<>();
        for (String element : new Settings(PID, properties, AuthenticationDefinition.class).list("token.keys")) {
            try {
                files.add(KeySource.parse(element, home).file());
            } catch (KeyFault | InvalidPathException e) {
                LOG.debug("{} names no file to wait for", element, e);
            }
        }
        return files;
    }

    private static TokenKeys keys(Settings settings, Path home) {
        List<KeySource> sources = new ArrayList<>();
        try {
            for (String element : settings.list("token.keys")) {
                sources.add(KeySource.parse(element, home));
            }
            return TokenKeys.read(sources);
        } catch (KeyFault e) {
            settings.problem("token.keys", e.getMessage());
            return TokenKeys.none();
        }
    }

    private static TokenRules tokens(Settings settings) {
        Set<String> groups = Set.copyOf(settings.list("token.groups"));
        if (groups.stream().anyMatch(UserName::isOwn)) {
            settings.problem("token.groups", "expected no group of Gatepost's own accounts");
        }
        return new TokenRules(
                groups,
                Set.copyOf(settings.list("token.issuer")),
                Set.copyOf(settings.list("token.audience")),
                Duration.ofSeconds(settings.integer("token.clock.skew", 0, 600)),
                settings.integer("token.size.max", 256, 65_536),
                Duration.ofSeconds(settings.number("token.lifetime.max", 60, 3_153_600_000L)));
    }
}
