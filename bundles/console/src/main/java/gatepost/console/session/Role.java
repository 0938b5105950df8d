package gatepost.console.session;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an operator may do in the console: the roles of Karaf's realm that let somebody in. The one that may more comes first. */
public enum Role {
    /** Does everything. */
    ADMIN,
    /** Sees everything that is not in a message, and changes nothing. */
    VIEWER;

    /** @return the role as the realm and the pages call it */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return the one of these roles that may most; empty when none of them lets anybody in here */
    static Optional<Role> of(Collection<String> roles) {
        return Stream.of(values()).filter(role -> roles.contains(role.word())).findFirst();
    }
}
