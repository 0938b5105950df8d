package gatepost.authentication;

import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.ConfigurationProblems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Says what would be wrong with another configuration of authentication. */
@Component(property = ConfigurationCheck.PID + "=" + AuthenticationSettings.PID)
public final class AuthenticationCheck implements ConfigurationCheck {

    /** They speak of passwords, and are none. */
    private static final Set<String> ABOUT_PASSWORDS =
            Set.of("password.hash.threads", "password.directory.threads", "password.checks.max", "jdbc.query.password");

    /** Options of a login module, of which anything may be a password. */
    private static final String OPTIONS = "ldap.options";

    @Override
    public List<String> check(String pid, Map<String, ?> properties) throws ConfigurationProblems {
        AuthenticationSettings.read(
                properties, Path.of(System.getProperty("karaf.base", "")).toAbsolutePath());
        return List.of();
    }

    @Override
    public boolean isSecret(String key, String value) {
        return key.equals(OPTIONS) || ConfigurationCheck.super.isSecret(key, value) && !ABOUT_PASSWORDS.contains(key);
    }
}
