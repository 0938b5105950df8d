package gatepost.api.inbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatepost.api.request.Json;
import gatepost.api.request.Parameters;
import gatepost.contracts.InboxPage;
import gatepost.contracts.InboxPage.Stored;
import gatepost.contracts.InboxRecords;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.CallSession.Described;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpStep;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.activemq.command.ActiveMQQueue;

/** {@code GET users/{user}} and {@code GET users/{user}/messages}: needs {@code read} of the inbox. */
public final class Reading {

    private static final int USUAL_LIMIT = 50;
    private static final int MOST = 200;

    private final Inboxes inboxes;
    private final InboxRecords records;

    public Reading(Inboxes inboxes, InboxRecords records) {
        this.inboxes = inboxes;
        this.records = records;
    }

    /** How much is in it. */
    public HttpStep state(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of("user", "inbox"));
        ActiveMQQueue inbox = inboxes.of(parameters);
        ObjectNode state = counts(look(session, inbox, OptionalLong.empty(), 0, false));
        lastSeen(inbox).ifPresent(time -> state.put("lastSeen", time));
        return Json.answer(state);
    }

    private OptionalLong lastSeen(ActiveMQQueue inbox) throws CallRefused {
        try {
            return records.lastSeen(inbox.getPhysicalName());
        } catch (IOException e) {
            throw new CallRefused(Reason.UNAVAILABLE, "the store is not there at the moment");
        }
    }

    /** Messages, by pages. */
    public HttpStep messages(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of("user", "inbox", "limit", "order", "cursor"));
        ActiveMQQueue inbox = inboxes.of(parameters);
        int limit = (int) parameters.number("limit", 1, MOST, USUAL_LIMIT);
        boolean newestFirst = parameters.word("order", "newest", "oldest").equals("newest");
        Optional<String> text = parameters.text("cursor");
        Optional<Cursor> cursor = text.isEmpty() ? Optional.empty() : Optional.of(Cursor.of(text.get(), newestFirst));
        OptionalLong behind = cursor.isPresent() ? OptionalLong.of(cursor.get().offset()) : OptionalLong.empty();
        InboxPage page = look(session, inbox, behind, limit, newestFirst);
        if (cursor.isPresent() && !cursor.get().epoch().equals(page.epoch())) {
            throw new CallRefused(
                    Reason.CONFLICT,
                    "cursor is of an earlier log: the inbox was emptied since; begin without one",
                    "cursor");
        }
        ObjectNode answer = counts(page);
        ArrayNode messages = answer.putArray("messages");
        for (Stored message : page.messages()) {
            Described described = session.describe(message, page.epoch());
            messages.add(MessageJson.of(described.headers(), described.body()));
        }
        if (page.more() && !page.messages().isEmpty()) {
            long last = page.messages().get(page.messages().size() - 1).offset();
            answer.put("next", new Cursor(page.epoch(), last, newestFirst).toString());
        }
        return Json.answer(answer);
    }

    static InboxPage look(CallSession session, ActiveMQQueue inbox, OptionalLong behind, int limit, boolean newestFirst)
            throws CallRefused {
        InboxRequest request = InboxRequest.page(inbox, behind, limit, newestFirst);
        session.ask(request);
        return request.page();
    }

    private static ObjectNode counts(InboxPage page) {
        ObjectNode counts = Json.object();
        counts.put("epoch", page.epoch().isEmpty() ? null : page.epoch());
        counts.put("head", page.head());
        counts.put("seen", page.seen());
        counts.put("unseen", page.unseen());
        counts.put("unread", page.unread());
        counts.put("waiting", page.waiting());
        return counts;
    }
}
