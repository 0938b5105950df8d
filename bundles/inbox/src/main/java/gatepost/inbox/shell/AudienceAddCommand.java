package gatepost.inbox.shell;

import gatepost.inbox.Audiences;
import gatepost.shell.AnsweringCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.apache.karaf.shell.support.completers.FileCompleter;

/** {@code gatepost:audience-add}: makes users members of an audience. */
@Service
@Command(
        scope = "gatepost",
        name = "audience-add",
        description = "Makes users members of an audience, which is there from its first member on",
        detailedDescription = "classpath:audience-add.txt")
public final class AudienceAddCommand extends AnsweringCommand {

    @Argument(index = 0, name = "audience", required = true, description = "The exact name of the audience")
    @Completion(AudienceCompleter.class)
    private String audience;

    @Argument(index = 1, name = "user", multiValued = true, description = "The exact names of users")
    @Completion(InboxUserCompleter.class)
    private List<String> users;

    @Option(name = "--file", description = "A file with more of them, one name a line")
    @Completion(FileCompleter.class)
    private String file;

    @Reference
    private Audiences audiences;

    @Override
    protected Optional<String> audited() {
        return Optional.of(audience + ": " + (users == null ? "" : String.join(" ", users))
                + (file == null ? "" : " and those in " + file));
    }

    @Override
    protected Answer answer() throws Exception {
        Set<String> names = new LinkedHashSet<>(users == null ? List.of() : users);
        if (file != null) {
            names.addAll(lines());
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("expected names of users, or --file PATH");
        }
        int added = audiences.add(audience, names);
        int before = names.size() - added;
        String were = before == 0 ? "" : "; " + Amounts.of(before, "was", "were") + " a member before";
        return Answer.of(
                Amounts.of(added, "user is a member", "users are members") + " of " + audience + " from now on" + were,
                Map.of("audience", audience, "added", added, "before", before));
    }

    private List<String> lines() throws IOException {
        List<String> names = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(file), StandardCharsets.UTF_8)) {
            if (!line.isBlank()) {
                names.add(line.trim());
            }
        }
        return names;
    }
}
