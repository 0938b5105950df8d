package gatepost.authentication.shell;

import gatepost.authentication.realm.PasswordHash;
import gatepost.shell.AnsweringCommand;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;

/** Prints the stored form of a password, to be put into the users file. */
@Service
@Command(
        scope = "gatepost",
        name = "password-hash",
        description = "Prints the form in which a password is stored hashed",
        detailedDescription = "classpath:password-hash.txt")
public final class PasswordHashCommand extends AnsweringCommand {

    @Argument(
            name = "password",
            description = "The password; asked for when it is left out, so that no history keeps it")
    private String password;

    @Reference
    private Session session;

    @Override
    protected Answer answer() throws Exception {
        String chosen = password == null ? session.readLine("Password: ", '*') : password;
        if (chosen == null || chosen.isEmpty()) {
            throw new IllegalArgumentException("expected a password, which cannot be empty");
        }
        String hash = PasswordHash.of(chosen);
        return Answer.of(hash, Map.of("hash", hash));
    }
}
