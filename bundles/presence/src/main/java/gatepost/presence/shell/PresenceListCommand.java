package gatepost.presence.shell;

import gatepost.contracts.Presence;
import gatepost.contracts.Presence.State;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:presence-list}: who is on line, or whether somebody is. */
@Service
@Command(
        scope = "gatepost",
        name = "presence-list",
        description = "Lists who is on line by their names, or says whether one user is, and since when",
        detailedDescription = "classpath:presence-list.txt")
public final class PresenceListCommand extends AnsweringCommand {

    @Argument(name = "user", description = "The user's exact name, on line or not")
    @Completion(PresenceUserCompleter.class)
    private String user;

    @Option(name = "--online", description = "Only who is on line")
    private boolean online;

    @Option(name = "--after", description = "Those whose names follow this one")
    private String after = "";

    @Option(name = "--limit", description = "At most so many rows")
    private int limit = 50;

    @Reference
    private Presence presence;

    @Override
    protected Answer answer() {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit " + limit + ": expected 1 or more");
        }
        List<State> states = user == null
                ? presence.online(after, limit)
                : presence.of(user).stream()
                        .filter(state -> state.online() || !online)
                        .toList();
        Listing list = new Listing("User", "Online", "Since").ifEmpty(user == null ? "Nobody is on line" : unknown());
        for (State state : states) {
            list.row(
                    state.user(),
                    state.online(),
                    state.since().isEmpty()
                            ? Optional.empty()
                            : Optional.of(Instant.ofEpochMilli(state.since().getAsLong())));
        }
        if (user == null && states.size() == limit && presence.count() > limit) {
            list.note(presence.count() + " are on line: see --limit and --after");
        }
        return Answer.of(list);
    }

    private String unknown() {
        return online ? user + " is not on line" : user + " was not seen yet";
    }
}
