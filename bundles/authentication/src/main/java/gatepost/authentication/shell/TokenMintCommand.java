package gatepost.authentication.shell;

import gatepost.authentication.ShellTokens;
import gatepost.shell.AnsweringCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Prints a token, and nothing else, so that a script can use it. */
@Service
@Command(
        scope = "gatepost",
        name = "token-mint",
        description = "Makes a token that a user can sign in with",
        detailedDescription = "classpath:token-mint.txt")
public final class TokenMintCommand extends AnsweringCommand {

    @Argument(name = "user", description = "The user that the token is for, its sub", required = true)
    @Completion(UserCompleter.class)
    private String user;

    @Option(
            name = "--groups",
            description = "The groups in the token; by default those of token.groups",
            multiValued = true)
    @Completion(GroupCompleter.class)
    private List<String> groups;

    @Option(name = "--seconds", description = "How long the token lasts")
    private int seconds = 3600;

    @Option(name = "--key", description = "The id of the key that signs it; by default the first that can")
    @Completion(SigningKeyCompleter.class)
    private String key = "";

    @Reference
    private ShellTokens tokens;

    @Override
    protected Optional<String> audited() {
        return Optional.of(user);
    }

    @Override
    protected Answer answer() throws Exception {
        if (seconds < 1) {
            throw new IllegalArgumentException("--seconds = " + seconds + ": expected a whole number from 1");
        }
        List<String> chosen = groups == null ? List.copyOf(tokens.groups()) : groups;
        String token = tokens.mint(user, chosen, Duration.ofSeconds(seconds), key);
        return Answer.of(token, Map.of("token", token));
    }
}
