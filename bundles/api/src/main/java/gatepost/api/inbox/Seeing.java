package gatepost.api.inbox;

import gatepost.api.request.Fields;
import gatepost.api.request.Json;
import gatepost.api.request.Parameters;
import gatepost.contracts.Durability;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.InboxRequest.Kind;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpBody;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpPending;
import gatepost.contracts.http.HttpStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.activemq.command.ActiveMQQueue;

/** {@code PUT users/{user}/seen} and {@code PATCH users/{user}/messages/{offset}}: what the owner has seen, read and archived. */
public final class Seeing {

    private static final String EPOCH = "epoch";
    private static final Set<String> OF_USER = Set.of("user", "inbox");
    private static final Set<String> OF_MESSAGE = Set.of("user", "inbox", "offset");

    private final Inboxes inboxes;

    public Seeing(Inboxes inboxes) {
        this.inboxes = inboxes;
    }

    /** All up to a message. */
    public HttpStep seen(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        ActiveMQQueue inbox = inboxes.of(parameters.requireKnown(OF_USER));
        Json.require(head);
        return new HttpBody(body -> {
            Fields fields = Fields.of(Json.read(body), "").requireKnown(Set.of(EPOCH, "upTo"));
            OptionalLong upTo = fields.number("upTo", 0, Long.MAX_VALUE);
            if (upTo.isEmpty()) {
                throw new CallRefused(
                        Reason.UNUSABLE,
                        "upTo is missing: expected the offset of the last message that was seen",
                        "upTo");
            }
            String epoch = epoch(fields);
            return change(
                    session,
                    inbox,
                    epoch,
                    List.of(InboxRequest.mark(inbox, Kind.SEEN, OptionalLong.empty(), upTo, Optional.of(epoch))));
        });
    }

    /** One message. */
    public HttpStep mark(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        ActiveMQQueue inbox = inboxes.of(parameters.requireKnown(OF_MESSAGE));
        OptionalLong offset = OptionalLong.of(parameters.number("offset", 0, Long.MAX_VALUE, 0));
        Json.require(head);
        return new HttpBody(body -> {
            Fields fields = Fields.of(Json.read(body), "").requireKnown(Set.of(EPOCH, "read", "archived"));
            Optional<Boolean> read = fields.flag("read");
            Optional<Boolean> archived = fields.flag("archived");
            String epoch = epoch(fields);
            if (archived.isPresent() && !archived.get()) {
                throw new CallRefused(
                        Reason.UNUSABLE, "archived is false: expected true, for what is archived stays so", "archived");
            }
            if (read.isEmpty() && archived.isEmpty()) {
                throw new CallRefused(Reason.UNUSABLE, "neither read nor archived is there: expected at least one");
            }
            List<InboxRequest> requests = new ArrayList<>();
            read.ifPresent(on -> requests.add(InboxRequest.mark(
                    inbox, on ? Kind.READ : Kind.UNREAD, offset, OptionalLong.empty(), Optional.of(epoch))));
            archived.ifPresent(on -> requests.add(
                    InboxRequest.mark(inbox, Kind.ARCHIVE, offset, OptionalLong.empty(), Optional.of(epoch))));
            return change(session, inbox, epoch, requests);
        });
    }

    private static String epoch(Fields fields) throws CallRefused {
        return fields.requiredText(EPOCH, "the epoch in which the offset was given");
    }

    static HttpStep change(CallSession session, ActiveMQQueue inbox, String epoch, List<InboxRequest> requests)
            throws CallRefused {
        List<Durability> awaited = new ArrayList<>();
        boolean settled = false;
        for (InboxRequest request : requests) {
            awaited.add(session.ask(request));
            settled |= request.isSettled();
        }
        // what was so before is no fault
        if (!settled) {
            String now =
                    Reading.look(session, inbox, OptionalLong.empty(), 0, false).epoch();
            if (!now.equals(epoch)) {
                throw new CallRefused(
                        Reason.CONFLICT,
                        "epoch is " + epoch + ", and that of the inbox is " + now + ": nothing was changed",
                        EPOCH);
            }
        }
        return new HttpPending(awaited, Json::done);
    }
}
