package gatepost.authorization.shell;

import gatepost.authorization.Authorization;
import gatepost.authorization.engine.Entry;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.Grants;
import gatepost.authorization.engine.Operation;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import java.util.List;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:acl-list}: the map in force. */
@Service
@Command(
        scope = "gatepost",
        name = "acl-list",
        description = "Lists the entries of the map in force",
        detailedDescription = "classpath:acl-list.txt")
public final class AclListCommand extends AnsweringCommand {

    @Reference
    private Authorization authorization;

    @Override
    protected Answer answer() {
        EntryMap map = authorization.map();
        if (map == EntryMap.CLOSED) {
            return Answer.of("There is no entry map: everything is denied", List.of());
        }
        Listing list = new Listing("Entry", "Destination", "Read", "Write", "Admin");
        for (Entry entry : map.entries()) {
            row(list, entry.name(), entry.pattern().toString(), entry.grants());
        }
        row(list, EntryMap.TEMPORARY, "temporary destinations", map.temporary());
        return Answer.of(list);
    }

    private static void row(Listing list, String name, String destination, Grants grants) {
        list.row(
                name,
                destination,
                groups(grants, Operation.READ),
                groups(grants, Operation.WRITE),
                groups(grants, Operation.ADMIN));
    }

    private static String groups(Grants grants, Operation operation) {
        return String.join(",", new TreeSet<>(grants.groups(operation)));
    }
}
