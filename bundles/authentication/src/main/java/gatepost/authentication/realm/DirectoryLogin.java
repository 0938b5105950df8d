package gatepost.authentication.realm;

import java.util.Hashtable;
import java.util.Map;
import java.util.UUID;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.modules.ldap.LDAPLoginModule;
import org.apache.karaf.jaas.modules.ldap.LDAPOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Karaf's login module for LDAP, except that a name which the directory does not hold takes as many connections and questions as one
 * that it holds: Karaf's ends after the search, and opens a connection of the user's own only for those that were found. It leans on
 * {@code doLogin} saying {@code false} of those that were not, and of nothing else.
 *
 * <p>Nobody is that user: a DN below the base that there is not, so that no account of the directory is locked for what others guess.
 */
public final class DirectoryLogin extends LDAPLoginModule {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLogin.class);

    private String password = "";

    @Override
    public void initialize(Subject whose, CallbackHandler answers, Map<String, ?> sharedState, Map<String, ?> all) {
        super.initialize(whose, new Overheard(answers, text -> password = text), sharedState, all);
    }

    @Override
    protected boolean doLogin() throws LoginException {
        boolean found = super.doLogin();
        if (!found) {
            bindNobody(new LDAPOptions(options));
        }
        return found;
    }

    private void bindNobody(LDAPOptions directory) {
        try {
            Hashtable<String, Object> environment = directory.getEnv();
            environment.put(Context.SECURITY_AUTHENTICATION, directory.getAuthentication());
            environment.put(
                    Context.SECURITY_PRINCIPAL,
                    "cn=gatepost-nobody-" + UUID.randomUUID() + "," + directory.getUserBaseDn());
            environment.put(Context.SECURITY_CREDENTIALS, password);
            new InitialDirContext(environment).close();
        } catch (NamingException e) {
            LOG.debug("nobody is not signed in, as it should be", e);
        }
    }
}
