package gatepost.authentication.realm;

import gatepost.configuration.FileStamp;
import gatepost.configuration.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The users file, in the form that Karaf's {@code jaas:} commands write. Read again whenever it was changed. One that cannot be
 * used leaves the last good one in force; one that is missing or has no bytes is waited for, and meanwhile nobody in it signs in.
 * Safe for use by several threads.
 */
public final class UsersFile {

    private final Optional<Path> path;
    private FileStamp stamp;
    private UsersContent content = UsersContent.NOBODY;
    private int commonCost;
    private boolean good;
    private State state = new State(false, List.of(), List.of(), List.of());

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

    /**
     * A group that the file gives to users.
     *
     * @param line the first that gives it, from 1
     * @param user whom that line is about
     * @param users how many have it
     */
    public record Group(String name, int line, String user, int users) {

        Group and(Group other) {
            Group first = line <= other.line ? this : other;
            return new Group(name, first.line, first.user, users + other.users);
        }
    }

    /**
     * What became of the file's last change.
     *
     * @param awaited whether there is nothing to read yet
     * @param problems why it is not in force; empty when it is
     * @param warnings what is in force and will surprise
     * @param groups that it gives to users
     */
    public record State(boolean awaited, List<Problem> problems, List<String> warnings, List<Group> groups) {}

    /** What the file holds of one user at one moment. */
    record Lookup(Optional<User> user, Optional<StoredPassword> password, int commonCost) {}

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

    /** @return how an operator would name it, such as {@code etc/gatepost.users.properties}; empty when there is none */
    public String name() {
        return path.map(UsersFile::name).orElse("");
    }

    /** @return the user of this exact name, as the file says now */
    public Optional<User> user(String name) {
        return Optional.ofNullable(users().get(name));
    }

    /** @return all users by name, as the file says now */
    public synchronized Map<String, User> users() {
        refresh();
        return content.users();
    }

    /** @return what became of the file as it is now */
    public synchronized State state() {
        refresh();
        return state;
    }

    /** @throws RealmUnavailable while there is no file to ask */
    synchronized Lookup lookup(String name) throws RealmUnavailable {
        refresh();
        if (state.awaited() || path.isPresent() && !good) {
            throw new RealmUnavailable(name() + (state.awaited() ? " is missing or empty" : " cannot be used"), null);
        }
        return new Lookup(
                Optional.ofNullable(content.users().get(name)),
                Optional.ofNullable(content.passwords().get(name)),
                commonCost);
    }

    private void refresh() {
        path.ifPresent(file -> {
            FileStamp now = FileStamp.of(file);
            if (!now.equals(stamp)) {
                stamp = now;
                read(file, now);
            }
        });
    }

    private void read(Path file, FileStamp now) {
        if (!now.hasContent()) {
            state = new State(true, List.of(), List.of(), List.of());
            return;
        }
        UsersContent read;
        try {
            read = UsersContent.read(name(file), Files.readAllBytes(file));
        } catch (IOException e) {
            state = new State(
                    false,
                    List.of(new Problem(name(file), "users.file", file.toString(), "cannot be read: " + e)),
                    List.of(),
                    List.of());
            return;
        }
        state = new State(false, read.problems(), read.warnings(), read.groups());
        if (read.problems().isEmpty()) {
            content = read;
            commonCost = commonCost(read);
            good = true;
        }
    }

    /** @return what it costs to check most of the hashed passwords; 0 where none is hashed */
    private static int commonCost(UsersContent content) {
        Map<Integer, Integer> times = new HashMap<>();
        content.passwords().values().stream()
                .map(StoredPassword::cost)
                .filter(cost -> cost > 0)
                .forEach(cost -> times.merge(cost, 1, Integer::sum));
        return times.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    private static String name(Path file) {
        Path folder = file.getParent() == null ? null : file.getParent().getFileName();
        return folder != null && folder.toString().equals("etc") ? "etc/" + file.getFileName() : file.toString();
    }
}
