package gatepost.authentication;

import gatepost.authentication.realm.LoginModuleChoice;
import gatepost.configuration.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns the keys {@code realm}, {@code ldap.*} and {@code jdbc.*} into the login modules that they describe. */
final class RealmSettings {

    static final String USERS_FILE = "users-file";

    private static final List<String> LDAP_TEXTS = List.of(
            "connection.url",
            "connection.username",
            "connection.password",
            "user.base.dn",
            "user.filter",
            "role.base.dn",
            "role.filter",
            "role.name.attribute",
            "role.mapping");

    private RealmSettings() {}

    static List<LoginModuleChoice> read(Settings settings, Path usersFile) {
        List<LoginModuleChoice> realm = new ArrayList<>();
        for (String name : settings.list("realm")) {
            switch (name) {
                case USERS_FILE -> realm.add(LoginModuleChoice.usersFile(usersFile));
                case "ldap" -> realm.add(LoginModuleChoice.ldap(ldap(settings)));
                case "jdbc" -> realm.add(LoginModuleChoice.jdbc(jdbc(settings)));
                default -> settings.problem("realm", "expected some of users-file, ldap, jdbc");
            }
        }
        if (settings.list("realm").isEmpty()) {
            settings.problem("realm", "expected some of users-file, ldap, jdbc");
        }
        return realm;
    }

    private static Map<String, String> ldap(Settings settings) {
        Map<String, String> options = new TreeMap<>();
        for (String key : LDAP_TEXTS) {
            String text = settings.text("ldap." + key);
            if (!text.isEmpty()) {
                options.put(key, text);
            }
        }
        if (!options.getOrDefault("connection.url", "").matches("ldaps?://.+")) {
            settings.problem("ldap.connection.url", "expected ldap://HOST:PORT or ldaps://HOST:PORT");
        }
        if (!options.containsKey("user.base.dn")) {
            settings.problem("ldap.user.base.dn", "expected the DN below which users are");
        }
        if (!options.containsKey("role.base.dn")) {
            options.remove("role.filter"); // no filter is how the login module is told not to look for groups
        }
        options.put("user.search.subtree", Boolean.toString(settings.flag("ldap.user.search.subtree")));
        options.put("role.search.subtree", Boolean.toString(settings.flag("ldap.role.search.subtree")));
        String timeout = Integer.toString(settings.integer("ldap.timeout", 100, 60_000));
        options.put("context.com.sun.jndi.ldap.connect.timeout", timeout);
        options.put("context.com.sun.jndi.ldap.read.timeout", timeout);
        options.put("authentication", "simple");
        // the module's cache hears of changes by persistent searches only, which few directories have
        options.put("disableCache", "true");
        addFurther(settings, options);
        return options;
    }

    private static void addFurther(Settings settings, Map<String, String> options) {
        for (String option : settings.list("ldap.options")) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                settings.problem("ldap.options", "expected NAME=VALUE, NAME=VALUE");
            } else {
                options.put(
                        option.substring(0, equals).trim(),
                        option.substring(equals + 1).trim());
            }
        }
        if ("true".equals(options.get("allowEmptyPasswords")) || "none".equals(options.get("authentication"))) {
            settings.problem("ldap.options", "expected nothing that lets users in without a password");
        }
    }

    private static Map<String, String> jdbc(Settings settings) {
        String datasource = settings.text("jdbc.datasource");
        if (!datasource.startsWith("osgi:") && !datasource.startsWith("jndi:")) {
            settings.problem("jdbc.datasource", "expected osgi:javax.sql.DataSource/FILTER or jndi:NAME");
        }
        return Map.of(
                "datasource",
                datasource,
                "query.password",
                settings.text("jdbc.query.password"),
                "query.role",
                settings.text("jdbc.query.role"));
    }
}
