package gatepost.console.session;

import gatepost.contracts.NameAndPassword;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Karaf's realm, which the shell and JMX ask too, whether somebody is an operator. */
final class OperatorLogin {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorLogin.class);
    private static final String REALM = "karaf";

    /** Blocks for as long as the login modules do. */
    Optional<Role> role(String user, String password) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // LoginContext takes login modules from here
        thread.setContextClassLoader(OperatorLogin.class.getClassLoader());
        try {
            LoginContext context = new LoginContext(REALM, new Subject(), new NameAndPassword(user, password));
            context.login();
            List<String> roles = context.getSubject().getPrincipals(RolePrincipal.class).stream()
                    .map(Principal::getName)
                    .toList();
            context.logout();
            return Role.of(roles);
        } catch (LoginException e) {
            LOG.debug("{} is not signed in: {}", user, e.getMessage());
            return Optional.empty();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
