package gatepost.welcome;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxRecords;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who was greeted, and when they were last seen: what is remembered in the inboxes that greetings go to. For one thread.
 *
 * <p>Whatever asks or notes something throws an {@link IOException} while the broker or the inboxes are not there, and for a user who has no
 * inbox.
 */
final class GreetedUsers {

    /** What the greeting is called that each inbox gets once, as {@code gatepost-once} has it. */
    static final String ONCE = "welcome";

    /** Stands for all users where it matters whether they have inboxes. */
    private static final String SOMEBODY = "somebody";

    private final Supplier<InboxRecords> records;
    private WelcomeSettings settings;

    /** @param records {@code null} from it while there are no inboxes */
    GreetedUsers(Supplier<InboxRecords> records) {
        this.records = records;
    }

    void change(WelcomeSettings changed) {
        settings = changed;
    }

    /** @return whether greetings can go where these settings say: to the inbox of each user */
    boolean mayGreet(WelcomeSettings some) {
        return isInbox(some, SOMEBODY);
    }

    /** @return whether a user of that name may have an inbox where greetings go */
    boolean mayHaveInbox(String user) {
        return isInbox(settings, user);
    }

    private boolean isInbox(WelcomeSettings some, String user) {
        InboxRecords now = records.get();
        return now != null && now.owner(some.queue(user)).equals(Optional.of(user));
    }

    boolean isGreeted(String user) throws IOException {
        return ask(all -> all.wasSent(settings.queue(user), ONCE));
    }

    /** Somebody counts as greeted from now on. @return safe when that is on the disk */
    Durability greeted(String user) throws IOException {
        return ask(all -> all.noteSent(settings.queue(user), ONCE));
    }

    /** @return milliseconds since 1970, 0 for never, as far as that was noted */
    long lastSeen(String user) throws IOException {
        return ask(all -> all.lastSeen(settings.queue(user)).orElse(0));
    }

    /** @param time milliseconds since 1970 */
    Durability seen(String user, long time) throws IOException {
        return ask(all -> all.noteSeen(settings.queue(user), time));
    }

    private interface Question<T> {

        T of(InboxRecords records) throws IOException;
    }

    private <T> T ask(Question<T> question) throws IOException {
        InboxRecords now = records.get();
        if (now == null) {
            throw new IOException("there are no inboxes: the feature gatepost-inbox is not installed");
        }
        try {
            return question.of(now);
        } catch (IllegalArgumentException e) {
            // it was one a moment ago
            throw new IOException(e.getMessage(), e);
        }
    }
}
