package gatepost.authentication;

import gatepost.authentication.identity.UserName;
import gatepost.authentication.realm.UsersFile;
import gatepost.configuration.ConfigurationReports;
import gatepost.contracts.GroupsListener;
import gatepost.contracts.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what became of the users file, apart from the configuration that names it, and of what is in force and will surprise: also
 * that a group of it opens nothing, which the entry map decides and so changes with the map. Each surprise is a warning of the log
 * once, for as long as it lasts. Any thread.
 */
final class UsersReport implements GroupsListener {

    /** What the file is reported under; it has no PID. */
    static final String USERS = "gatepost.users";

    private static final Logger LOG = LoggerFactory.getLogger(UsersReport.class);

    private final ConfigurationReports reports;
    private UsersFile file = UsersFile.none();
    private Set<String> trusted = Set.of();
    private Set<String> named = Set.of();
    private List<String> warned = List.of();

    UsersReport(ConfigurationReports reports) {
        this.reports = reports;
    }

    /** @param groups that the configuration of authentication names and that so are good for something whatever the map says */
    synchronized void report(UsersFile users, Set<String> groups) {
        file = users;
        trusted = groups;
        if (file.path().isEmpty()) {
            removed();
            return;
        }
        UsersFile.State state = file.state();
        if (state.awaited()) {
            reports.awaited(USERS, file.name()); // nobody in it can sign in meanwhile
        } else if (state.problems().isEmpty()) {
            taken(warnings(state));
        } else {
            reports.refused(USERS, file.name(), state.problems());
        }
    }

    /** Order does not matter: whichever of the two files comes last, both are looked at again. */
    @Override
    public synchronized void named(Set<String> groups) {
        named = groups;
        UsersFile.State state = file.state();
        if (file.path().isPresent()
                && !state.awaited()
                && state.problems().isEmpty()
                && !warnings(state).equals(warned)) {
            taken(warnings(state));
        }
    }

    synchronized void removed() {
        warned = List.of();
        reports.removed(USERS);
    }

    private void taken(List<String> warnings) {
        reports.taken(USERS, file.name(), String.join("; ", warnings));
        warnings.stream()
                .filter(warning -> !warned.contains(warning))
                .forEach(warning -> LOG.warn("{}: {}", file.name(), warning));
        warned = warnings;
    }

    private List<String> warnings(UsersFile.State state) {
        List<String> warnings = new ArrayList<>(state.warnings());
        if (!named.isEmpty()) {
            state.groups().stream()
                    .filter(group -> !named.contains(group.name()) && !trusted.contains(group.name()))
                    .map(this::unknown)
                    .forEach(warnings::add);
        }
        return List.copyOf(warnings);
    }

    private String unknown(UsersFile.Group group) {
        String others = group.users() == 1 ? " is" : " and " + (group.users() - 1) + " more are";
        List<String> known =
                named.stream().filter(name -> !UserName.isOwn(name)).sorted().toList();
        return "line " + group.line() + ": " + Printable.of(group.user()) + others + " in the group "
                + Printable.of(group.name()) + ", which opens nothing: no entry of the entry map names it, only "
                + String.join(", ", known);
    }
}
