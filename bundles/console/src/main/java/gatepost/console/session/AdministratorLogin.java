package gatepost.console.session;

import gatepost.contracts.NameAndPassword;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Karaf's realm, which the shell and JMX ask too, whether somebody is an administrator. */
final class AdministratorLogin {

    private static final Logger LOG = LoggerFactory.getLogger(AdministratorLogin.class);
    private static final String REALM = "karaf";
    private static final String ROLE = "admin";

    /** Blocks for as long as the login modules do. */
    boolean accepts(String user, String password) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // LoginContext takes login modules from here
        thread.setContextClassLoader(AdministratorLogin.class.getClassLoader());
        try {
            LoginContext context = new LoginContext(REALM, new Subject(), new NameAndPassword(user, password));
            context.login();
            Set<RolePrincipal> roles = context.getSubject().getPrincipals(RolePrincipal.class);
            context.logout();
            return roles.stream().anyMatch(role -> role.getName().equals(ROLE));
        } catch (LoginException e) {
            LOG.debug("{} is not signed in: {}", user, e.getMessage());
            return false;
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
