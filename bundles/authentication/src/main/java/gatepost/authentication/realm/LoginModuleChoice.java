package gatepost.authentication.realm;

import java.nio.file.Path;
import java.util.Map;
import javax.security.auth.spi.LoginModule;
import org.apache.karaf.jaas.modules.jdbc.JDBCLoginModule;
import org.apache.karaf.jaas.modules.ldap.LDAPLoginModule;
import org.apache.karaf.jaas.modules.properties.PropertiesLoginModule;

/**
 * A login module of Karaf's and what it is told.
 *
 * @param module its class, which also says which bundle it comes from
 * @param options as the module's documentation names them
 */
public record LoginModuleChoice(Class<? extends LoginModule> module, Map<String, ?> options) {

    public LoginModuleChoice {
        options = Map.copyOf(options);
    }

    /** Users and groups from a file in Karaf's {@code users.properties} form. */
    public static LoginModuleChoice usersFile(Path file) {
        return new LoginModuleChoice(
                PropertiesLoginModule.class, Map.of("users", file.toString(), GatepostRealm.USERS_FILE_ENTRY, "true"));
    }

    /** Users and groups from an LDAP directory. */
    public static LoginModuleChoice ldap(Map<String, ?> options) {
        return new LoginModuleChoice(LDAPLoginModule.class, options);
    }

    /** Users and groups from a database. */
    public static LoginModuleChoice jdbc(Map<String, ?> options) {
        return new LoginModuleChoice(JDBCLoginModule.class, options);
    }
}
