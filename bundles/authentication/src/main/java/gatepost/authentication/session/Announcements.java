package gatepost.authentication.session;

import gatepost.authentication.api.UserListener;
import gatepost.authentication.identity.Identity;
import gatepost.authentication.identity.UserName;
import gatepost.authentication.realm.UsersFile;
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
    private final Map<Object, Identity> announced = new IdentityHashMap<>();
    private Map<String, Set<String>> listed;

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
            announced
                    .values()
                    .forEach(identity -> tell(listener, one -> one.signedIn(identity.user(), identity.groups())));
        });
    }

    public void remove(UserListener listener) {
        run(() -> listeners.remove(listener));
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
                tellAll(listener -> listener.listed(listed));
            }
        });
    }

    void signedIn(Object session, Identity identity) {
        if (isSomebody(identity.user())) {
            run(() -> {
                announced.put(session, identity);
                tellAll(listener -> listener.signedIn(identity.user(), identity.groups()));
            });
        }
    }

    /** Nothing is told of a session that has not got as far as {@link #signedIn}. */
    void signedOut(Object session) {
        run(() -> {
            Identity identity = announced.remove(session);
            if (identity != null) {
                tellAll(listener -> listener.signedOut(identity.user()));
            }
        });
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

    private void tellAll(Consumer<UserListener> news) {
        listeners.forEach(listener -> tell(listener, news));
    }

    /** A listener that fails keeps neither others nor the session from going on. */
    private static void tell(UserListener listener, Consumer<UserListener> news) {
        try {
            news.accept(listener);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} failed", listener.getClass().getName(), e);
        }
    }
}
