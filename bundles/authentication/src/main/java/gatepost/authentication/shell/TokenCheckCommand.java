package gatepost.authentication.shell;

import gatepost.authentication.ShellTokens;
import gatepost.authentication.token.Token;
import gatepost.contracts.Printable;
import java.util.Set;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** Tells what a token says and which of it counts, or why it would be refused. */
@Service
@Command(scope = "gatepost", name = "token-check", description = "Checks a token as a sign-in would")
public final class TokenCheckCommand implements Action {

    @Argument(name = "token", description = "The token, in its three parts", required = true)
    private String text;

    @Option(name = "--no-format", description = "Print without borders and colours, for scripts")
    private boolean noFormat;

    @Reference
    private ShellTokens tokens;

    @Override
    public Object execute() throws Exception {
        Token token = tokens.check(text);
        Set<String> counting = new TreeSet<>(token.groups());
        counting.retainAll(tokens.groups());
        ShellTable table = new ShellTable();
        table.column("Claim");
        table.column("Value");
        table.addRow().addContent("user", token.user());
        table.addRow().addContent("groups that count", String.join(",", counting));
        table.addRow().addContent("groups in the token", String.join(",", new TreeSet<>(token.groups())));
        table.addRow().addContent("expires", token.expires());
        table.addRow()
                .addContent(
                        "issued", token.facts().issued().map(Object::toString).orElse(""));
        table.addRow().addContent("id", token.facts().id().map(Printable::whole).orElse(""));
        table.addRow().addContent("signed with", token.algorithm());
        table.addRow().addContent("key", token.keyId());
        table.print(System.out, !noFormat);
        return null;
    }
}
