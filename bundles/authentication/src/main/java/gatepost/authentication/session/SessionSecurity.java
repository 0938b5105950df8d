package gatepost.authentication.session;

import gatepost.authentication.identity.UserName;
import gatepost.contracts.Account;
import java.security.Principal;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.apache.activemq.jaas.GroupPrincipal;
import org.apache.activemq.jaas.UserPrincipal;
import org.apache.activemq.security.SecurityContext;

/** A session's user and its beginning, which never change, and groups, which the users file may change while the session lives. */
class SessionSecurity extends SecurityContext implements Account {

    /** Asked for each message, and so remembered for as long as neither side has changed. */
    private record Trust(Set<String> groups, Set<String> trusted, boolean given) {}

    private final boolean own;
    private final Instant since;
    private final TrustedGroups trusted;
    private volatile Trust trust = new Trust(Set.of(), Set.of(), false);
    private volatile Set<String> groups;
    private volatile Set<Principal> principals;

    SessionSecurity(String user, Set<String> groups, TrustedGroups trusted, Instant since) {
        super(user);
        this.own = UserName.isOwn(user);
        this.trusted = trusted;
        this.since = since;
        groups(groups);
    }

    /** @return whether the groups were others before */
    final synchronized boolean groups(Set<String> now) {
        if (now.equals(groups)) {
            return false;
        }
        groups = Set.copyOf(now);
        Set<Principal> changed = new HashSet<>();
        changed.add(new UserPrincipal(getUserName()));
        now.forEach(group -> changed.add(new GroupPrincipal(group)));
        principals = Set.copyOf(changed);
        // ActiveMQ's own authorization remembers here what the old groups were allowed
        getAuthorizedWriteDests().clear();
        return true;
    }

    @Override
    public String user() {
        return getUserName();
    }

    @Override
    public Instant since() {
        return since;
    }

    @Override
    public boolean isTrusted() {
        Set<String> mine = groups;
        Set<String> names = trusted.names();
        Trust known = trust;
        if (known.groups != mine || known.trusted != names) {
            known = new Trust(mine, names, !Collections.disjoint(names, mine));
            trust = known;
        }
        return own || known.given;
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
