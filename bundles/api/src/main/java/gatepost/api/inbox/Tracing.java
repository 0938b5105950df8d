package gatepost.api.inbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatepost.api.request.Absent;
import gatepost.api.request.Json;
import gatepost.api.request.Parameters;
import gatepost.contracts.GateQuestion.Right;
import gatepost.contracts.MessageTrace;
import gatepost.contracts.MessageTrace.Delivery;
import gatepost.contracts.MessageTrace.Report;
import gatepost.contracts.MessageTrace.Told;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpStep;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.activemq.command.ActiveMQQueue;

/** {@code GET users/{user}/trace}: what became of the last messages. Needs {@code admin} of the inbox, which every user has of the own one. */
public final class Tracing {

    private static final int USUAL_LIMIT = 20;
    private static final int MOST = 100;

    private final Inboxes inboxes;
    private final Supplier<MessageTrace> trace;

    /** @param trace gives {@code null} while nobody knows */
    public Tracing(Inboxes inboxes, Supplier<MessageTrace> trace) {
        this.inboxes = inboxes;
        this.trace = trace;
    }

    public HttpStep begin(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of("user", "inbox", "limit"));
        ActiveMQQueue inbox = inboxes.of(parameters);
        int limit = (int) parameters.number("limit", 1, MOST, USUAL_LIMIT);
        session.require(Right.ADMIN, inbox);
        MessageTrace known = Absent.orElse(trace, "gatepost-broker");
        // it is of one inbox of each user, and the right that was asked for is of this one
        if (!known.isTraced(inbox.getPhysicalName())) {
            throw new CallRefused(
                    Reason.NOT_FOUND,
                    "what happens to messages of this inbox is not remembered (trace.queue, trace.users)");
        }
        String user = parameters.required("user", "the name of a user");
        Report report = known.of(user, limit);
        ObjectNode answer = Json.object();
        answer.put("user", user);
        ArrayNode messages = answer.putArray("messages");
        report.messages().forEach(message -> add(messages.addObject(), message));
        answer.put("more", report.more());
        return Json.answer(answer);
    }

    private static void add(ObjectNode json, Told told) {
        json.put("message", told.message());
        put(json, "id", told.id());
        told.position().ifPresent(position -> {
            json.put("offset", position.offset());
            json.put("epoch", position.epoch());
        });
        put(json, "from", told.from());
        put(json, "audience", told.audience());
        time(json, "accepted", told.accepted());
        time(json, "stored", told.stored());
        ArrayNode deliveries = json.putArray("deliveries");
        told.deliveries().forEach(delivery -> add(deliveries.addObject(), delivery));
        put(json, "outcome", told.outcome());
        time(json, "at", told.at());
        put(json, "waits", told.waits());
        json.put("sentence", told.sentence());
    }

    private static void add(ObjectNode json, Delivery delivery) {
        json.put("session", delivery.session());
        put(json, "user", delivery.user());
        json.put("address", delivery.address());
        put(json, "device", delivery.device());
        json.put("sent", delivery.sent().toEpochMilli());
        json.put("times", delivery.times());
        put(json, "outcome", delivery.outcome());
        time(json, "at", delivery.at());
    }

    private static void put(ObjectNode json, String name, Optional<String> value) {
        value.ifPresent(text -> json.put(name, text));
    }

    private static void time(ObjectNode json, String name, Optional<Instant> at) {
        at.ifPresent(time -> json.put(name, time.toEpochMilli()));
    }
}
