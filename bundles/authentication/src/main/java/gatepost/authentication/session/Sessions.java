package gatepost.authentication.session;

import gatepost.authentication.login.Identity;
import gatepost.authentication.login.Source;
import gatepost.authentication.login.UserName;
import gatepost.authentication.realm.UsersFile;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.activemq.broker.ConnectionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions that are alive, and what a changed users file means for them. Safe for use by several threads. */
public final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final Map<ConnectionContext, Session> live = new ConcurrentHashMap<>();
    private final Consumer<ConnectionContext> groupsChanged;
    private volatile UsersFile usersFile;

    /** @param groupsChanged told of each session whose groups have changed */
    public Sessions(Consumer<ConnectionContext> groupsChanged) {
        this.groupsChanged = groupsChanged;
    }

    Session open(ConnectionContext context, Identity identity) {
        Session session = new Session(context, identity);
        live.put(context, session);
        return session;
    }

    /** Looks again at a session that has just become live: the users file may have changed while its user signed in. */
    void check(Session session) {
        agree(session);
    }

    void closed(ConnectionContext context) {
        live.remove(context);
    }

    /** Makes live sessions agree with the users file: new groups are taken over, users who are gone are signed out. */
    public void agreeWith(UsersFile changed) {
        usersFile = changed;
        live.values().forEach(this::agree);
    }

    private void agree(Session session) {
        if (session.identity().source() != Source.USERS_FILE) {
            return;
        }
        try {
            Optional<UsersFile.User> user = usersFile.user(session.identity().user());
            if (user.isEmpty()) {
                session.cut("signed out: the account was removed");
            } else if (session.groups(withoutOwn(user.get().groups()))) {
                groupsChanged.accept(session.context());
            }
        } catch (RuntimeException e) {
            // one broken session must not keep the others from being looked at
            LOG.error("the session of {} could not be brought in line with the users file", session.identity().user(), e);
        }
    }

    private static Set<String> withoutOwn(Set<String> groups) {
        Set<String> plain = new HashSet<>(groups);
        plain.removeIf(UserName::isOwn);
        return plain;
    }
}
