package gatepost.inbox.shell;

import gatepost.inbox.Audiences;
import gatepost.shell.AnsweringCommand;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:audience-remove}: takes users out of an audience. */
@Service
@Command(
        scope = "gatepost",
        name = "audience-remove",
        description = "Takes users out of an audience; without members it is forgotten",
        detailedDescription = "classpath:audience-remove.txt")
public final class AudienceRemoveCommand extends AnsweringCommand {

    @Argument(index = 0, name = "audience", required = true, description = "The exact name of the audience")
    @Completion(AudienceCompleter.class)
    private String audience;

    @Argument(index = 1, name = "user", multiValued = true, description = "The exact names of members")
    @Completion(AudienceMemberCompleter.class)
    private List<String> users;

    @Option(name = "--all", description = "All members")
    private boolean all;

    @Reference
    private Audiences audiences;

    @Override
    protected Optional<String> audited() {
        return Optional.of(audience + ": " + (all || users == null ? "all" : String.join(" ", users)));
    }

    @Override
    protected Answer answer() throws Exception {
        Set<String> names = new LinkedHashSet<>(users == null ? List.of() : users);
        if (all != names.isEmpty()) {
            throw new IllegalArgumentException("expected either names of members, or --all");
        }
        int removed = all ? audiences.removeAll(audience) : audiences.remove(audience, names);
        int others = all ? 0 : names.size() - removed;
        String were = others == 0 ? "" : "; " + Amounts.of(others, "was", "were") + " none";
        return Answer.of(
                Amounts.of(removed, "user is no member", "users are no members") + " of " + audience + " any more"
                        + were,
                Map.of("audience", audience, "removed", removed, "others", others));
    }
}
