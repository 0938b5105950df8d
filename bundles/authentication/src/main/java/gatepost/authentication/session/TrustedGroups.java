package gatepost.authentication.session;

import java.util.Collection;
import java.util.Set;

/** The groups whose users are not rated ({@code trusted.groups}); a change shows in live sessions at once. Safe for use by several threads. */
final class TrustedGroups {

    private volatile Set<String> names = Set.of();

    void set(Collection<String> changed) {
        names = Set.copyOf(changed);
    }

    /** @return the same object until they change */
    Set<String> names() {
        return names;
    }
}
