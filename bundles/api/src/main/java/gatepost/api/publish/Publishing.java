package gatepost.api.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatepost.api.inbox.Inboxes;
import gatepost.api.request.Fields;
import gatepost.api.request.Json;
import gatepost.api.request.Parameters;
import gatepost.api.request.Problem;
import gatepost.contracts.Durability;
import gatepost.contracts.TraceContext;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpBody;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpPending;
import gatepost.contracts.http.HttpStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code POST messages}: one message, or an array of them. The answer comes when all are safe. Needs {@code write} of each target. */
public final class Publishing {

    /** Messages of one call, and inboxes that they name. */
    private static final int MOST = 1_000;
    /** Of what went to several users, and not to all. */
    private static final int PARTLY = 207;

    private final Inboxes inboxes;

    /** @param trace that the call belongs to, and its messages where they say nothing else */
    private record Call(CallSession session, Optional<TraceContext> trace) {}

    public Publishing(Inboxes inboxes) {
        this.inboxes = inboxes;
    }

    public HttpStep begin(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of());
        Json.require(head);
        Call call = new Call(
                session,
                TraceContext.of(
                        head.header(TraceContext.PARENT).orElse(null),
                        head.header(TraceContext.STATE).orElse(null)));
        return new HttpBody(body -> {
            JsonNode json = Json.read(body);
            return json.isArray() ? several(json, call) : one(json, call);
        });
    }

    private HttpStep one(JsonNode json, Call call) throws CallRefused {
        List<Result> results = send(json, "", call, MOST);
        return new HttpPending(awaited(results), () -> {
            Result first = results.get(0);
            return results.size() == 1 && first.failure().isPresent()
                    ? Problem.of(first.failure().get())
                    : Json.answer(json(results));
        });
    }

    private HttpStep several(JsonNode array, Call call) throws CallRefused {
        if (array.isEmpty() || array.size() > MOST) {
            throw new CallRefused(
                    Reason.UNUSABLE, "the array has " + array.size() + " messages: expected 1 to " + MOST);
        }
        List<List<Result>> all = new ArrayList<>();
        int left = MOST;
        for (int i = 0; i < array.size(); i++) {
            List<Result> results;
            try {
                results = send(array.get(i), "[" + i + "]", call, left);
            } catch (CallRefused e) {
                results = List.of(new Result(new Target(Optional.empty(), null), null, e));
            }
            left -= results.size();
            all.add(results);
        }
        return new HttpPending(
                all.stream().flatMap(each -> awaited(each).stream()).toList(), () -> answer(all));
    }

    private static HttpAnswer answer(List<List<Result>> all) {
        ArrayNode answers = Json.array();
        all.forEach(results -> answers.add(json(results)));
        return Json.answer(answers);
    }

    /** @param left to so many inboxes at most */
    private List<Result> send(JsonNode json, String path, Call call, int left) throws CallRefused {
        Fields fields = Fields.of(json, path);
        Outgoing message = Outgoing.of(fields, call.trace());
        List<Target> targets = Target.of(fields, inboxes);
        if (targets.size() > left) {
            throw new CallRefused(
                    Reason.UNUSABLE,
                    fields.at("to") + " makes more than " + MOST
                            + " inboxes of this call: expected fewer, or an audience",
                    fields.at("to"));
        }
        List<Result> results = new ArrayList<>();
        for (Target target : targets) {
            try {
                results.add(new Result(
                        target, call.session().send(target.queue(), message.headers(), message.body()), null));
            } catch (CallRefused e) {
                results.add(new Result(target, null, e));
            }
        }
        return results;
    }

    private static List<Durability> awaited(List<Result> results) {
        return results.stream().map(Result::durability).filter(Objects::nonNull).toList();
    }

    /** @return the status of a message, and what has become of it at each user's, or in all */
    private static ObjectNode json(List<Result> results) {
        Set<Integer> statuses = results.stream().map(Result::status).collect(Collectors.toSet());
        int status = statuses.size() == 1 ? results.get(0).status() : PARTLY;
        ObjectNode json = Json.object();
        json.put("status", status);
        if (results.get(0).target().user().isEmpty()) {
            json.setAll(results.get(0).json());
            return json;
        }
        ArrayNode each = json.putArray("results");
        results.forEach(result -> each.add(result.json()));
        return json;
    }
}
