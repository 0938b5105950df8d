package gatepost.authentication.shell;

import gatepost.authentication.ShellTokens;
import gatepost.authentication.token.Token;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import java.util.Set;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Tells what a token says and which of it counts, or why it would be refused. */
@Service
@Command(
        scope = "gatepost",
        name = "token-check",
        description = "Checks a token as a sign-in would",
        detailedDescription = "classpath:token-check.txt")
public final class TokenCheckCommand extends AnsweringCommand {

    @Argument(name = "token", description = "The token, in its three parts", required = true)
    private String text;

    @Reference
    private ShellTokens tokens;

    @Override
    protected Answer answer() throws Exception {
        Token token = tokens.check(text);
        Set<String> counting = new TreeSet<>(token.groups());
        counting.retainAll(tokens.groups());
        return Answer.of(new Listing("Claim", "Value")
                .row("user", token.user())
                .row("groups that count", counting)
                .row("groups in the token", new TreeSet<>(token.groups()))
                .row("expires", token.expires())
                .row("issued", token.facts().issued())
                .row("id", token.facts().id())
                .row("signed with", token.algorithm())
                .row("key", token.keyId()));
    }
}
