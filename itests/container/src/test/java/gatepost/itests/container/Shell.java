package gatepost.itests.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.parsing.DefaultParser;
import org.osgi.framework.BundleContext;

/** Runs shell commands as somebody with certain roles. */
final class Shell {

    private final SessionFactory sessions;
    private final Subject subject = new Subject();

    private Shell(BundleContext context, String... roles) {
        sessions = context.getService(context.getServiceReference(SessionFactory.class));
        subject.getPrincipals().add(new UserPrincipal("itests"));
        Stream.of(roles).map(RolePrincipal::new).forEach(subject.getPrincipals()::add);
    }

    static Shell asAdmin(BundleContext context) {
        return new Shell(context, "admin", "manager", "viewer", "systembundles");
    }

    static Shell asViewer(BundleContext context) {
        return new Shell(context, "viewer");
    }

    /** @return what the command printed; @throws Exception when it failed or is not allowed */
    @SuppressWarnings("removal") // Karaf finds the caller's roles through this call only
    String run(String command) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream print = new PrintStream(out, true, UTF_8);
                Session session = sessions.create(new ByteArrayInputStream(new byte[0]), print, print)) {
            Subject.doAs(subject, (PrivilegedExceptionAction<Object>) () -> session.execute(command));
        }
        return out.toString(UTF_8);
    }

    /** @return what the shell offers for the last word of what is typed after the command's name */
    @SuppressWarnings("removal")
    List<String> complete(String command, String typed) throws Exception {
        String line = command + " " + typed;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> candidates = new ArrayList<>();
        try (PrintStream print = new PrintStream(out, true, UTF_8);
                Session session = sessions.create(new ByteArrayInputStream(new byte[0]), print, print)) {
            Subject.doAs(subject, (PrivilegedExceptionAction<Object>) () -> session.getRegistry()
                    .getCommand("gatepost", command)
                    .getCompleter(false)
                    .complete(session, new DefaultParser().parse(session, line, line.length()), candidates));
        }
        return candidates.stream().map(String::strip).toList();
    }

    /** @return the names of the commands of a scope */
    List<String> commands(String scope) {
        return sessions.getRegistry().getCommands().stream()
                .filter(command -> command.getScope().equals(scope))
                .map(Command::getName)
                .toList();
    }
}
