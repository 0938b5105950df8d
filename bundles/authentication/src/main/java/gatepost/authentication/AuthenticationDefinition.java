package gatepost.authentication;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of the PID {@code gatepost.authentication}; etc/gatepost.authentication.cfg explains each to operators. */
@ObjectClassDefinition(name = "Gatepost authentication", description = "Who may sign in, and how it is checked")
public @interface AuthenticationDefinition {

    @AttributeDefinition(description = "Login modules of the realm gatepost, first to last: users-file, ldap, jdbc")
    String realm() default "users-file";

    @AttributeDefinition(description = "The users file; a relative path starts at the installation's folder")
    String users_file() default "etc/gatepost.users.properties";

    @AttributeDefinition(description = "Where accounts with the password that ships work: loopback or nowhere")
    String default_accounts() default "loopback";

    @AttributeDefinition(description = "Whether a CONNECT without a login is let in, as the user and group anonymous")
    boolean anonymous() default false;
}
