package gatepost.api.audience;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatepost.api.inbox.Inboxes;
import gatepost.api.request.Absent;
import gatepost.api.request.Fields;
import gatepost.api.request.Json;
import gatepost.api.request.Parameters;
import gatepost.contracts.AudienceMembers;
import gatepost.contracts.GateQuestion.Right;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpBody;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpStep;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code audiences/{name}/members} and {@code users/{user}/audiences}: needs {@code admin} of the audience's queue. */
public final class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    /** Members of one call. */
    private static final int MOST = 10_000;

    private static final int USUAL_LIMIT = 1_000;

    private final Inboxes inboxes;
    private final Supplier<AudienceMembers> members;

    /** @param members gives {@code null} while nobody knows them */
    public Membership(Inboxes inboxes, Supplier<AudienceMembers> members) {
        this.inboxes = inboxes;
        this.members = members;
    }

    /** What is done with members. */
    @FunctionalInterface
    private interface Work<T> {

        T on(AudienceMembers members) throws Exception;
    }

    public HttpStep list(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        String audience = permitted(parameters, session, Set.of("name", "limit", "cursor"));
        int limit = (int) parameters.number("limit", 1, MOST, USUAL_LIMIT);
        List<String> found =
                with(known -> known.members(audience, parameters.text("cursor").orElse(""), limit + 1));
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("members");
        found.stream().limit(limit).forEach(all::add);
        if (found.size() > limit) {
            answer.put("next", found.get(limit - 1));
        }
        return Json.answer(answer);
    }

    /** Makes users members: one in the address, or many in the body, all or none of them. */
    public HttpStep add(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        String audience = permitted(parameters, session, Set.of("name", "user"));
        if (parameters.text("user").isPresent()) {
            List<String> one = List.of(parameters.required("user", "the name of a user"));
            return counted("added", known -> known.add(audience, one));
        }
        return named(head, users -> counted("added", known -> known.add(audience, users)));
    }

    /** Takes users out: one in the address, or many in the body. */
    public HttpStep remove(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        String audience = permitted(parameters, session, Set.of("name", "user"));
        if (parameters.text("user").isPresent()) {
            List<String> one = List.of(parameters.required("user", "the name of a user"));
            return counted("removed", known -> known.remove(audience, one));
        }
        return named(head, users -> counted("removed", known -> known.remove(audience, users)));
    }

    /** Which audiences a user is a member of, of those that the caller may administer. */
    public HttpStep of(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of("user"));
        String user = parameters.required("user", "the name of a user");
        inboxes.anyOf(user, "user");
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("audiences");
        for (String audience : with(known -> known.of(user))) {
            if (session.may(Right.ADMIN, inboxes.audience(audience, "name"))) {
                all.add(audience);
            }
        }
        return Json.answer(answer);
    }

    /** What comes of names. */
    @FunctionalInterface
    private interface Change {

        HttpAnswer of(Set<String> users) throws CallRefused;
    }

    private static HttpStep named(HttpHead head, Change change) throws CallRefused {
        Json.require(head);
        return new HttpBody(body -> {
            Fields fields = Fields.of(Json.read(body), "").requireKnown(Set.of("users"));
            if (fields.node("users").isEmpty()) {
                throw new CallRefused(Reason.UNUSABLE, "users is missing: expected an array of names", "users");
            }
            Set<String> names = fields.names("users", MOST, "an array of 1 to " + MOST + " names");
            return change.of(names);
        });
    }

    private String permitted(Parameters parameters, CallSession session, Set<String> known) throws CallRefused {
        parameters.requireKnown(known);
        String audience = parameters.required("name", "the name of an audience");
        session.require(Right.ADMIN, inboxes.audience(audience, "name"));
        return audience;
    }

    private HttpAnswer counted(String what, Work<Integer> work) throws CallRefused {
        int count = with(work);
        return Json.answer(Json.object().put(what, count));
    }

    private <T> T with(Work<T> work) throws CallRefused {
        AudienceMembers known = Absent.orElse(members, "gatepost-inbox");
        try {
            return work.on(known);
        } catch (IllegalArgumentException e) {
            throw new CallRefused(Reason.UNUSABLE, e.getMessage());
        } catch (CallRefused e) {
            throw e;
        } catch (Exception e) {
            LOG.error("an audience could not be read or changed", e);
            throw new CallRefused(Reason.UNAVAILABLE, "the audience cannot be read or changed at the moment");
        }
    }
}
