package gatepost.authentication;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of the PID {@code gatepost.authentication}; etc/gatepost.authentication.cfg explains each to operators. */
@ObjectClassDefinition(name = "Gatepost authentication", description = "Who may sign in, and how it is checked")
public @interface AuthenticationDefinition {

    @AttributeDefinition(description = "Login modules of the realm gatepost, first to last: users-file, ldap, jdbc")
    String realm() default "users-file";

    @AttributeDefinition(description = "The users file; a relative path starts at Gatepost's folder")
    String users_file() default "etc/gatepost.users.properties";

    @AttributeDefinition(description = "Where accounts with the password that ships work: loopback or nowhere")
    String default_accounts() default "loopback";

    @AttributeDefinition(description = "Whether a CONNECT without a login is let in, as the user and group anonymous")
    boolean anonymous() default false;

    @AttributeDefinition(description = "Which sign-ins the audit log has: refused or all")
    String audit_signins() default "refused";

    @AttributeDefinition(description = "Groups whose users are not rated and may use the last tenth of the store")
    String trusted_groups() default "admins,publishers";

    @AttributeDefinition(description = "Files with keys of tokens, each ALGORITHM:FILE; none: no token is accepted")
    String token_keys() default "";

    @AttributeDefinition(description = "The groups that a token can put its user into")
    String token_groups() default "users";

    @AttributeDefinition(description = "The iss that are accepted; none: any")
    String token_issuer() default "";

    @AttributeDefinition(description = "One of these must be among a token's aud; none: any will do")
    String token_audience() default "";

    @AttributeDefinition(description = "By how many seconds other clocks may differ, 0 to 600")
    int token_clock_skew() default 30;

    @AttributeDefinition(description = "The longest token in characters, 256 to 65536")
    int token_size_max() default 8192;

    @AttributeDefinition(description = "By how many seconds a token's exp may be ahead, 60 to 3153600000")
    long token_lifetime_max() default 31_622_400;

    @AttributeDefinition(description = "How many new tokens a user may send to open sessions in a minute, 1 to 100000")
    int token_refreshes_per_user() default 60;

    @AttributeDefinition(description = "How many revocations may be in force, 1 to 1000000")
    int revocations_max() default 100_000;

    @AttributeDefinition(description = "After how many failed sign-ins an address has to wait, 1 to 1000000")
    int throttle_address_failures() default 10;

    @AttributeDefinition(
            description = "After how many failed sign-ins a user has to wait at new addresses, 1 to 1000000")
    int throttle_user_failures() default 20;

    @AttributeDefinition(description = "The longest wait in seconds, 1 to 3600")
    int throttle_wait_max() default 30;

    @AttributeDefinition(description = "After how many seconds without a failure counting begins anew, 1 to 86400")
    int throttle_memory() default 600;

    @AttributeDefinition(description = "Threads that compute password hashes, 1 to 64; 0: half of the processors")
    int password_hash_threads() default 0;

    @AttributeDefinition(description = "Threads that ask directories and databases about passwords, 1 to 32")
    int password_directory_threads() default 8;

    @AttributeDefinition(description = "Sign-ins that may be checked or wait for it at the same time, 4 to 48")
    int password_checks_max() default 32;

    @AttributeDefinition(description = "The directory: ldap://HOST:389 or ldaps://HOST:636")
    String ldap_connection_url() default "";

    @AttributeDefinition(description = "The DN that searches the directory; empty: anonymously")
    String ldap_connection_username() default "";

    @AttributeDefinition(description = "The password of that DN")
    String ldap_connection_password() default "";

    @AttributeDefinition(description = "Where users are searched")
    String ldap_user_base_dn() default "";

    @AttributeDefinition(description = "How a user is found; %u is the login")
    String ldap_user_filter() default "(uid=%u)";

    @AttributeDefinition(description = "Whether users are searched below the base as well")
    boolean ldap_user_search_subtree() default true;

    @AttributeDefinition(description = "Where groups are searched; empty: nobody has any")
    String ldap_role_base_dn() default "";

    @AttributeDefinition(description = "How a user's groups are found; %u is the login, %dn and %fqdn the user's DN")
    String ldap_role_filter() default "(member=%fqdn)";

    @AttributeDefinition(description = "The attribute that names a group")
    String ldap_role_name_attribute() default "cn";

    @AttributeDefinition(description = "Whether groups are searched below the base as well")
    boolean ldap_role_search_subtree() default true;

    @AttributeDefinition(description = "Other names for groups: LDAP=NAME;LDAP=NAME,NAME")
    String ldap_role_mapping() default "";

    @AttributeDefinition(description = "How long to wait for the directory, in milliseconds, 100 to 60000")
    int ldap_timeout() default 5000;

    @AttributeDefinition(description = "More options of Karaf's LDAPLoginModule: NAME=VALUE, NAME=VALUE")
    String ldap_options() default "";

    @AttributeDefinition(description = "The database: osgi:javax.sql.DataSource/FILTER or jndi:NAME")
    String jdbc_datasource() default "";

    @AttributeDefinition(description = "Finds the password of a user")
    String jdbc_query_password() default "SELECT PASSWORD FROM USERS WHERE USERNAME=?";

    @AttributeDefinition(description = "Finds the groups of a user")
    String jdbc_query_role() default "SELECT ROLE FROM ROLES WHERE USERNAME=?";
}
