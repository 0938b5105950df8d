package gatepost.authentication.session;

import java.security.Principal;
import java.util.HashSet;
import java.util.Set;
import org.apache.activemq.jaas.GroupPrincipal;
import org.apache.activemq.jaas.UserPrincipal;
import org.apache.activemq.security.SecurityContext;

/** A session's user, who never changes, and groups, which the users file may change while the session lives. */
final class SessionSecurity extends SecurityContext {

    private volatile Set<Principal> principals;

    SessionSecurity(String user, Set<String> groups) {
        super(user);
        groups(groups);
    }

    void groups(Set<String> groups) {
        Set<Principal> changed = new HashSet<>();
        changed.add(new UserPrincipal(getUserName()));
        groups.forEach(group -> changed.add(new GroupPrincipal(group)));
        principals = Set.copyOf(changed);
        // ActiveMQ's own authorization remembers here what the old groups were allowed
        getAuthorizedWriteDests().clear();
    }

    @Override
    public Set<Principal> getPrincipals() {
        return principals;
    }

    @Override
    public String toString() {
        return getUserName() + principals;
    }
}
