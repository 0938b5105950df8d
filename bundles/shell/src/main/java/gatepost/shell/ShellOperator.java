package gatepost.shell;

import gatepost.contracts.OperatorAudit.Operator;
import java.security.AccessController;
import java.security.Principal;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.Subject;

/**
 * Who runs a command: the subject that Karaf has signed in, and not the shell's variable {@code USER}, which everybody can set. Karaf's
 * principals are told by the names of their classes, so that no bundle with commands needs theirs.
 */
final class ShellOperator {

    private static final String USER = "org.apache.karaf.jaas.boot.principal.UserPrincipal";
    private static final String CLIENT = "org.apache.karaf.jaas.boot.principal.ClientPrincipal";
    /** As {@code ssh(/192.0.2.7:50122)}; of this machine's own terminal {@code local(localhost)}. */
    private static final Pattern SSH = Pattern.compile("ssh\\([^/]*/\\[?([0-9A-Fa-f:.]+?)(?:%[^\\]:]*)?]?:[0-9]+\\)");

    private ShellOperator() {}

    /** @return who runs the command on this thread */
    @SuppressWarnings("removal") // what is to come in its place is not in Java 17
    static Operator now() {
        Subject subject = Subject.getSubject(AccessController.getContext());
        return of(subject == null ? Set.of() : subject.getPrincipals());
    }

    static Operator of(Collection<Principal> principals) {
        return new Operator(
                name(principals, USER).orElse(""),
                "shell",
                name(principals, CLIENT).map(ShellOperator::address).orElse(""));
    }

    private static String address(String client) {
        Matcher ssh = SSH.matcher(client);
        return ssh.matches() ? ssh.group(1) : "";
    }

    private static Optional<String> name(Collection<Principal> principals, String kind) {
        return principals.stream()
                .filter(principal -> principal.getClass().getName().equals(kind))
                .map(Principal::getName)
                .findFirst();
    }
}
