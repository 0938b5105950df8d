package gatepost.transport.session;

import gatepost.contracts.InboxNames;
import gatepost.contracts.InboxRequest;
import gatepost.transport.frame.Frame;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.activemq.command.ActiveMQQueue;

/**
 * Destinations that begin with {@code /gatepost/}. They are none of ActiveMQ's: Gatepost itself answers. Whose inbox they speak of is
 * whoever is signed in, and which queue that is, is asked anew for each frame. Belongs to one session and its thread, unless it is said
 * otherwise.
 */
final class OwnDestinations {

    static final String PREFIX = "/gatepost/";

    /** Whoever subscribes to it gets the messages of the own inbox, whatever its name is. */
    static final String OWN_INBOX = PREFIX + "inbox";

    /** Whoever subscribes to it hears how much is in the own inbox, seen and read. */
    static final String STATE = PREFIX + "inbox/state";

    /** Which of one's inboxes. */
    static final String INBOX = "gatepost-inbox";

    private final Supplier<Optional<InboxNames>> inboxes;
    private final Supplier<String> user;
    private final InboxRequests requests;

    /**
     * @param inboxes who says which queue is whose inbox, if somebody does
     * @param user who is signed in
     */
    OwnDestinations(Supplier<Optional<InboxNames>> inboxes, Supplier<String> user, DestinationNames names) {
        this.inboxes = inboxes;
        this.user = user;
        this.requests = new InboxRequests(this::inbox, names);
    }

    static boolean isOwn(String destination) {
        return destination != null && destination.trim().startsWith(PREFIX);
    }

    /** Whether a SUBSCRIBE asks for the messages of the own inbox. */
    static boolean isInbox(String destination) {
        return destination != null && destination.trim().equals(OWN_INBOX);
    }

    /** @return whose state a SUBSCRIBE asks for */
    ActiveMQQueue watched(Frame frame) throws Refusal {
        String destination = frame.header("destination");
        if (!destination.trim().equals(STATE)) {
            throw new Refusal("the destination " + destination + " is unknown on SUBSCRIBE: expected " + OWN_INBOX
                    + " or " + STATE);
        }
        WatchHeaders.require(frame);
        return inbox(frame);
    }

    /** Whether what is sent to a queue of that name goes to the inboxes of many; any thread. */
    boolean isToMany(String queue) {
        return inboxes.get().filter(names -> names.isToMany(queue)).isPresent();
    }

    /** @return what a SEND asks of an inbox */
    InboxRequest request(Frame frame) throws Refusal {
        return requests.of(frame);
    }

    /** @return the inbox of who is signed in, and of several the one that the frame names */
    ActiveMQQueue inbox(Frame frame) throws Refusal {
        InboxNames names = inboxes.get().orElseThrow(OwnDestinations::none);
        Set<String> kinds = names.kinds();
        if (kinds.isEmpty()) {
            throw none();
        }
        String kind = frame.header(INBOX);
        String one = "one of " + String.join(", ", kinds);
        if (kind != null && !kinds.contains(kind.trim())) {
            throw HeaderValues.bad(INBOX, kind, one);
        }
        if (kind == null && kinds.size() > 1) {
            throw new Refusal(frame.command() + " to " + frame.header("destination") + " needs a header " + INBOX
                    + ": expected " + one);
        }
        return Optional.ofNullable(user.get())
                .flatMap(name -> names.inbox(name, Optional.ofNullable(kind).map(String::trim)))
                // a user's name may hold what is a wildcard in that of a queue
                .filter(StartHeaders::canBeInbox)
                .orElseThrow(OwnDestinations::none);
    }

    private static Refusal none() {
        return new Refusal("there are no inboxes here");
    }
}
