package gatepost.inbox.shell;

import gatepost.inbox.Audiences;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:audience-list}: which audiences there are, and who is in one. */
@Service
@Command(
        scope = "gatepost",
        name = "audience-list",
        description = "Lists audiences and how many members each has, or the members of one",
        detailedDescription = "classpath:audience-list.txt")
public final class AudienceListCommand extends AnsweringCommand {

    @Argument(name = "audience", description = "The exact name of the audience whose members are listed")
    @Completion(AudienceCompleter.class)
    private String audience;

    @Option(name = "--limit", description = "At most so many rows")
    private int limit = 50;

    @Reference
    private Audiences audiences;

    @Override
    protected Answer answer() throws Exception {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit " + limit + ": expected 1 or more");
        }
        return Answer.of(audience == null ? all() : members());
    }

    private Listing all() throws Exception {
        var sizes = audiences.sizes();
        Listing list = new Listing("Audience", "Members").ifEmpty("There is no audience");
        sizes.entrySet().stream().limit(limit).forEach(one -> list.row(one.getKey(), one.getValue()));
        return cut(list, sizes.size());
    }

    private Listing members() throws Exception {
        Set<String> members = audiences.members(audience);
        Listing list = new Listing("Member");
        members.stream().limit(limit).forEach(list::row);
        return cut(list, members.size());
    }

    private Listing cut(Listing list, int there) {
        return there > limit ? list.note("and " + (there - limit) + " more: see --limit") : list;
    }
}
