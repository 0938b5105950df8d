package gatepost.authentication.realm;

import gatepost.authentication.token.TokenVerifier;
import gatepost.authentication.watch.FileStamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.apache.felix.utils.properties.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users file as Karaf's {@code PropertiesLoginModule} reads it: {@code user = password,group,_g_:group}, and
 * {@code _g_\:group = group,role} for what a group is made of. Read again whenever it was changed; when it cannot be read the
 * last good content stays. Safe for use by several threads.
 */
public final class UsersFile {

    private static final Logger LOG = LoggerFactory.getLogger(UsersFile.class);
    private static final String GROUP_PREFIX = "_g_:";

    private final Optional<Path> path;
    private FileStamp stamp;
    private Map<String, User> users = Map.of();
    private Map<String, String> passwords = Map.of();
    private String problem = "";

    /**
     * One line of the file.
     *
     * @param name the user's name
     * @param fingerprint tells one stored password from another without holding it
     * @param groups groups and roles, those that the groups stand for included
     */
    public record User(String name, String fingerprint, Set<String> groups) {

        public User {
            groups = Set.copyOf(groups);
        }
    }

    private UsersFile(Optional<Path> path) {
        this.path = path;
    }

    public static UsersFile at(Path path) {
        return new UsersFile(Optional.of(path));
    }

    /** What stands for the users file in a realm that has none: it lists nobody. */
    public static UsersFile none() {
        return new UsersFile(Optional.empty());
    }

    /** Where it is, if there is one. */
    public Optional<Path> path() {
        return path;
    }

    /** @return the user of this exact name, as the file says now */
    public Optional<User> user(String name) {
        return Optional.ofNullable(users().get(name));
    }

    /** @return all users by name, as the file says now */
    public synchronized Map<String, User> users() {
        path.ifPresent(file -> {
            FileStamp now = FileStamp.of(file);
            if (!now.equals(stamp)) {
                stamp = now;
                read(file, now);
            }
        });
        return users;
    }

    /**
     * Checks a password.
     *
     * @return the groups of the user, empty when the file does not hold that name
     * @throws LoginException when the password is wrong
     * @throws RealmUnavailable while the file is missing, empty or cannot be read
     */
    Optional<Set<String>> groups(String name, String password) throws LoginException, RealmUnavailable {
        User user;
        String stored;
        synchronized (this) {
            user = users().get(name);
            stored = passwords.get(name);
            if (!problem.isEmpty()) {
                throw new RealmUnavailable(problem, null);
            }
        }
        // outside the lock: a hashed password takes its time
        if (user != null && !PasswordHash.matches(password, stored)) {
            throw new FailedLoginException("the password is wrong");
        }
        return Optional.ofNullable(user).map(User::groups);
    }

    private void read(Path file, FileStamp now) {
        if (!now.hasContent()) {
            problem = file + " is missing or empty";
            LOG.warn("{}: nobody in it can sign in, those whom it last held stay signed in", problem);
            return;
        }
        try {
            Properties properties = new Properties(file.toFile());
            users = parse(properties);
            passwords = users.keySet().stream().collect(Collectors.toUnmodifiableMap(name -> name,
                    name -> properties.get(name).split(",")[0]));
            problem = "";
        } catch (IOException | IllegalArgumentException e) {
            problem = file + " cannot be read";
            LOG.error("{}: nobody in it can sign in, those whom it last held stay signed in", problem, e);
        }
    }

    private static Map<String, User> parse(Properties properties) {
        Map<String, User> users = new TreeMap<>();
        for (String name : properties.keySet()) {
            String[] parts = properties.get(name).split(",");
            if (!name.startsWith(GROUP_PREFIX) && parts.length > 0) {
                if (TokenVerifier.isToken(parts[0])) {
                    LOG.warn("the password of {} is of three parts like a token and will be taken for one", name);
                }
                users.put(name, new User(name, fingerprint(parts[0]), groups(parts, properties)));
            }
        }
        return Map.copyOf(users);
    }

    private static Set<String> groups(String[] parts, Properties properties) {
        Set<String> groups = new LinkedHashSet<>();
        for (String part : Arrays.copyOfRange(parts, 1, parts.length)) {
            String name = part.trim();
            groups.add(plain(name));
            String members = name.startsWith(GROUP_PREFIX) ? properties.get(name) : null;
            if (members != null) {
                Arrays.stream(members.split(",")).skip(1).map(role -> plain(role.trim())).forEach(groups::add);
            }
        }
        groups.remove("");
        return groups;
    }

    /** @return a group's name without the prefix that Karaf marks groups with */
    static String plain(String group) {
        return group.startsWith(GROUP_PREFIX) ? group.substring(GROUP_PREFIX.length()) : group;
    }

    private static String fingerprint(String stored) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(stored.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
