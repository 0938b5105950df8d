package gatepost.authentication.session;

import gatepost.authentication.api.UserListener;
import gatepost.authentication.identity.Identity;
import gatepost.authentication.identity.UserName;
import gatepost.authentication.realm.UsersFile;
import gatepost.contracts.SessionList.OpenSession;
import gatepost.contracts.SessionListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners who the users are. It owns what it has told, so that a listener who comes later is told the same; who is signed in,
 * {@link Sessions} knows. What happened is told in its order, on one thread, which alone touches the state. Methods
 * may be called by any thread and return at once.
 */
public final class Announcements {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private final Executor thread;
    private final List<UserListener> listeners = new ArrayList<>();
    private final List<SessionListener> sessionListeners = new ArrayList<>();
    private final Map<Object, Announced> announced = new IdentityHashMap<>();
    private Map<String, Set<String>> listed;

    private record Announced(Identity identity, OpenSession session) {}

    /** @param thread runs one task after the other, in their order */
    public Announcements(Executor thread) {
        this.thread = thread;
    }

    /** Tells a listener what there is, and from then on what changes. */
    public void add(UserListener listener) {
        run(() -> {
            listeners.add(listener);
            if (listed != null) {
                tell(listener, one -> one.listed(listed));
            }
            announced.values().forEach(one -> tell(listener, signedIn(one.identity())));
        });
    }

    public void remove(UserListener listener) {
        run(() -> listeners.remove(listener));
    }

    /** Tells a listener what happens from then on. */
    public void add(SessionListener listener) {
        run(() -> sessionListeners.add(listener));
    }

    public void remove(SessionListener listener) {
        run(() -> sessionListeners.remove(listener));
    }

    /** The users file was read. */
    public void listed(Map<String, UsersFile.User> users) {
        Map<String, Set<String>> groups = new HashMap<>();
        users.forEach((name, user) -> {
            if (isSomebody(name)) {
                groups.put(name, withoutOwn(user.groups()));
            }
        });
        run(() -> {
            if (!groups.equals(listed)) {
                listed = Map.copyOf(groups);
                listeners.forEach(listener -> tell(listener, one -> one.listed(listed)));
            }
        });
    }

    void signedIn(Object session, Identity identity, OpenSession opened) {
        if (isSomebody(identity.user())) {
            run(() -> {
                announced.put(session, new Announced(identity, opened));
                listeners.forEach(listener -> tell(listener, signedIn(identity)));
                sessionListeners.forEach(listener -> tell(listener, one -> one.opened(opened)));
            });
        }
    }

    /** Nothing is told of a session that has not got as far as {@link #signedIn}. */
    void signedOut(Object session) {
        run(() -> {
            Announced gone = announced.remove(session);
            if (gone != null) {
                listeners.forEach(listener ->
                        tell(listener, one -> one.signedOut(gone.identity().user())));
                sessionListeners.forEach(listener -> tell(listener, one -> one.closed(gone.session())));
            }
        });
    }

    private static Consumer<UserListener> signedIn(Identity identity) {
        return listener -> listener.signedIn(identity.user(), identity.groups());
    }

    /** @return the groups without those that are Gatepost's own, which no file can give */
    static Set<String> withoutOwn(Set<String> groups) {
        Set<String> plain = new HashSet<>(groups);
        plain.removeIf(UserName::isOwn);
        return Set.copyOf(plain);
    }

    private static boolean isSomebody(String name) {
        return UserName.fault(name).isEmpty() && !UserName.isOwn(name) && !name.equals(UserName.ANONYMOUS);
    }

    private void run(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("authentication has stopped, nobody is told any more", e);
        }
    }

    /** A listener that fails keeps neither others nor the session from going on. */
    private static <T> void tell(T listener, Consumer<T> news) {
        try {
            news.accept(listener);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} failed", listener.getClass().getName(), e);
        }
    }
}
