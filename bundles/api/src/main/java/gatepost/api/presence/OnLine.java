package gatepost.api.presence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatepost.api.inbox.Inboxes;
import gatepost.api.request.Absent;
import gatepost.api.request.Json;
import gatepost.api.request.Parameters;
import gatepost.contracts.GateQuestion.Right;
import gatepost.contracts.Presence;
import gatepost.contracts.Presence.State;
import gatepost.contracts.PresenceTopics;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpStep;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.activemq.command.ActiveMQTopic;

/** {@code presence} and {@code online}: needs {@code read} of the topics that say the same. */
public final class OnLine {

    private static final int MOST_NAMES = 200;
    private static final int USUAL_LIMIT = 100;
    private static final int MOST = 1_000;

    private static final ActiveMQTopic ALL = new ActiveMQTopic(PresenceTopics.PREFIX + ">");

    private final Inboxes inboxes;
    private final Supplier<Presence> presence;

    /** @param presence gives {@code null} while nobody knows */
    public OnLine(Inboxes inboxes, Supplier<Presence> presence) {
        this.inboxes = inboxes;
        this.presence = presence;
    }

    /** Of each of several users. */
    public HttpStep of(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of("users"));
        String names = parameters.required("users", "names of users, separated by commas");
        Set<String> users = new LinkedHashSet<>(List.of(names.split(",")));
        if (users.size() > MOST_NAMES) {
            throw Parameters.bad("users", users.size() + " names", "at most " + MOST_NAMES);
        }
        for (String user : users) {
            // or it would be a pattern, or have options
            inboxes.anyOf(user, "users");
            session.require(Right.READ, PresenceTopics.topic(user));
        }
        Presence known = known();
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("users");
        for (String user : users) {
            add(all, known.of(user).orElse(new State(user, false, OptionalLong.empty())));
        }
        return Json.answer(answer);
    }

    /** Of all who are on line, by pages. */
    public HttpStep all(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of("limit", "cursor"));
        int limit = (int) parameters.number("limit", 1, MOST, USUAL_LIMIT);
        session.require(Right.READ, ALL);
        Presence known = known();
        List<State> states =
                new ArrayList<>(known.online(parameters.text("cursor").orElse(""), limit + 1));
        boolean more = states.size() > limit;
        ObjectNode answer = Json.object();
        answer.put("count", known.count());
        ArrayNode all = answer.putArray("users");
        states.stream().limit(limit).forEach(state -> add(all, state));
        if (more) {
            answer.put("next", states.get(limit - 1).user());
        }
        return Json.answer(answer);
    }

    private static void add(ArrayNode all, State state) {
        ObjectNode one = all.addObject();
        one.put("user", state.user());
        one.put("online", state.online());
        state.since().ifPresent(time -> one.put("since", time));
    }

    private Presence known() throws CallRefused {
        return Absent.orElse(presence, "gatepost-presence");
    }
}
