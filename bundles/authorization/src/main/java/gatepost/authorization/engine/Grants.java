package gatepost.authorization.engine;

import java.util.Set;
import java.util.TreeSet;

/**
 * Which groups may read, write and administer.
 *
 * @param read the groups that may read; {@value #ANYONE} among them is every authenticated user
 * @param write the groups that may write
 * @param admin the groups that may create and remove
 */
public record Grants(Set<String> read, Set<String> write, Set<String> admin) {

    /** Stands for every authenticated user. */
    public static final String ANYONE = "*";

    /** Allows nobody anything. */
    public static final Grants NOBODY = new Grants(Set.of(), Set.of(), Set.of());

    public Grants {
        read = Set.copyOf(read);
        write = Set.copyOf(write);
        admin = Set.copyOf(admin);
    }

    /** @return the groups that may */
    public Set<String> groups(Operation operation) {
        return switch (operation) {
            case READ -> read;
            case WRITE -> write;
            case ADMIN -> admin;
        };
    }

    /** Whether the user is in one of the groups that may. */
    public boolean allow(User user, Operation operation) {
        Set<String> allowed = groups(operation);
        return allowed.contains(ANYONE) || user.groups().stream().anyMatch(allowed::contains);
    }

    /** As the map writes it, groups in alphabetical order: {@code read=a,b write=c}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Operation operation : Operation.values()) {
            if (!groups(operation).isEmpty()) {
                text.append(text.isEmpty() ? "" : " ")
                        .append(operation.word())
                        .append('=')
                        .append(String.join(",", new TreeSet<>(groups(operation))));
            }
        }
        return text.toString();
    }
}
