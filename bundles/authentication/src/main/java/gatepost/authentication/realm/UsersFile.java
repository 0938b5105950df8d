package gatepost.authentication.realm;

import gatepost.authentication.watch.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    private final Path path;
    private FileStamp stamp;
    private Map<String, User> users = Map.of();

    /**
     * One line of the file.
     *
     * @param name the user's name
     * @param stored the password as the file holds it, plain or hashed
     * @param groups groups and roles, those that the groups stand for included
     */
    public record User(String name, String stored, Set<String> groups) {

        public User {
            groups = Set.copyOf(groups);
        }

        @Override
        public String toString() {
            return name + groups;
        }
    }

    public UsersFile(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /** @return the user of this exact name, as the file says now */
    public Optional<User> user(String name) {
        return Optional.ofNullable(users().get(name));
    }

    /** @return all users by name */
    public synchronized Map<String, User> users() {
        FileStamp now = FileStamp.of(path);
        if (!now.equals(stamp)) {
            stamp = now;
            read(now);
        }
        return users;
    }

    private void read(FileStamp now) {
        if (!now.hasContent()) {
            LOG.warn("the users file {} is missing or empty; the users that it last held stay signed in", path);
            return;
        }
        try {
            users = parse(new Properties(path.toFile()));
        } catch (IOException | IllegalArgumentException e) {
            LOG.error("the users file {} cannot be read; the users that it last held stay signed in", path, e);
        }
    }

    private static Map<String, User> parse(Properties properties) {
        Map<String, User> users = new TreeMap<>();
        for (String name : properties.keySet()) {
            if (!name.startsWith(GROUP_PREFIX)) {
                String[] parts = properties.get(name).split(",");
                if (parts.length > 0) {
                    users.put(name, new User(name, parts[0], groups(parts, properties)));
                }
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
                String[] roles = members.split(",");
                Arrays.stream(roles).skip(1).map(String::trim).forEach(groups::add);
            }
        }
        groups.remove("");
        return groups;
    }

    /** @return a group's name without the prefix that Karaf marks groups with */
    static String plain(String group) {
        return group.startsWith(GROUP_PREFIX) ? group.substring(GROUP_PREFIX.length()) : group;
    }
}
