package gatepost.authentication;

import gatepost.authentication.login.LoginRules;
import gatepost.authentication.realm.LoginModuleChoice;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A configuration that can be used.
 *
 * @param file where it was set
 * @param usersFile where users are listed
 * @param realm the realm's login modules, first to last
 * @param rules what is decided about logins
 */
record AuthenticationSettings(String file, Path usersFile, List<LoginModuleChoice> realm, LoginRules rules) {

    static final String PID = "gatepost.authentication";

    /** @param home the folder that relative paths start at */
    static AuthenticationSettings read(Map<String, ?> properties, Path home) throws ConfigurationProblems {
        Settings settings = new Settings(PID, properties, AuthenticationDefinition.class);
        Path usersFile = home.resolve(settings.text("users.file"));
        List<LoginModuleChoice> realm = realm(settings, usersFile);
        LoginRules rules = new LoginRules(
                settings.choice("default.accounts", List.of("loopback", "nowhere")).equals("loopback"),
                settings.flag("anonymous"));
        settings.verify();
        return new AuthenticationSettings(settings.file(), usersFile, realm, rules);
    }

    private static List<LoginModuleChoice> realm(Settings settings, Path usersFile) {
        List<LoginModuleChoice> realm = new ArrayList<>();
        for (String name : settings.list("realm")) {
            switch (name) {
                case "users-file" -> realm.add(LoginModuleChoice.usersFile(usersFile));
                default -> settings.problem("realm", "expected some of users-file, ldap, jdbc");
            }
        }
        return realm;
    }
}
