package gatepost.authorization.shell;

import gatepost.authorization.Authorization;
import gatepost.authorization.engine.Entry;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.Grants;
import gatepost.authorization.engine.Operation;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code gatepost:acl-list}: the map in force. */
@Service
@Command(scope = "gatepost", name = "acl-list", description = "Lists the entries of the map in force")
public final class AclListCommand implements Action {

    @Option(name = "--no-format", description = "Print without borders, for scripts")
    private boolean noFormat;

    @Reference
    private Authorization authorization;

    @Override
    public Object execute() {
        EntryMap map = authorization.map();
        if (map == EntryMap.CLOSED) {
            System.out.println("There is no entry map: everything is denied");
            return null;
        }
        ShellTable table = new ShellTable();
        for (String column : new String[] {"Entry", "Destination", "Read", "Write", "Admin"}) {
            table.column(column);
        }
        for (Entry entry : map.entries()) {
            row(table, entry.name(), entry.pattern().toString(), entry.grants());
        }
        row(table, EntryMap.TEMPORARY, "temporary destinations", map.temporary());
        table.print(System.out, !noFormat);
        return null;
    }

    private static void row(ShellTable table, String name, String destination, Grants grants) {
        table.addRow().addContent(name, destination, groups(grants, Operation.READ), groups(grants, Operation.WRITE),
                groups(grants, Operation.ADMIN));
    }

    private static String groups(Grants grants, Operation operation) {
        return String.join(",", new TreeSet<>(grants.groups(operation)));
    }
}
