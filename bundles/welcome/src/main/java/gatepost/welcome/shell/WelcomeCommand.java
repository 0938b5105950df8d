package gatepost.welcome.shell;

import gatepost.shell.AnsweringCommand;
import gatepost.welcome.Welcome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:welcome}. */
@Service
@Command(
        scope = "gatepost",
        name = "welcome",
        description = "Greets a user, though they were greeted before",
        detailedDescription = "classpath:welcome.txt")
public final class WelcomeCommand extends AnsweringCommand {

    private static final long PATIENCE_SECONDS = 40;

    @Argument(
            name = "user",
            required = true,
            description = "The user's exact name, whether the users file has it or not")
    @Completion(UserCompleter.class)
    private String user;

    @Reference
    private Welcome welcome;

    @Override
    protected Optional<String> audited() {
        return Optional.of(user);
    }

    @Override
    protected Answer answer() throws Exception {
        try {
            welcome.greet(user).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    user + " was not greeted: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(user + " was not greeted within " + PATIENCE_SECONDS + " s", e);
        }
        return Answer.of(user + " was greeted", Map.of("greeted", user));
    }
}
