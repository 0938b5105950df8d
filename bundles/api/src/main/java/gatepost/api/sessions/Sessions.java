package gatepost.api.sessions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatepost.api.inbox.Inboxes;
import gatepost.api.request.Absent;
import gatepost.api.request.Json;
import gatepost.api.request.Parameters;
import gatepost.contracts.GateQuestion.Right;
import gatepost.contracts.SessionList;
import gatepost.contracts.SessionList.OpenSession;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpStep;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** {@code users/{user}/sessions} and {@code sessions/{id}}: needs {@code admin} of an inbox of the user, which every user has of the own one. */
public final class Sessions {

    private final Inboxes inboxes;
    private final Supplier<SessionList> sessions;

    /** @param sessions gives {@code null} while nobody knows them */
    public Sessions(Inboxes inboxes, Supplier<SessionList> sessions) {
        this.inboxes = inboxes;
        this.sessions = sessions;
    }

    public HttpStep list(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        String user = permitted(parameters, session);
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("sessions");
        for (OpenSession open : known().of(user)) {
            ObjectNode one = all.addObject();
            one.put("id", open.id());
            one.put("since", open.since().toEpochMilli());
            open.connector().ifPresent(connector -> one.put("connector", connector));
            one.put("address", open.address());
            open.expires().ifPresent(time -> one.put("expires", time.toEpochMilli()));
            open.tokenId().ifPresent(id -> one.put("tokenId", id));
        }
        return Json.answer(answer);
    }

    /** Signs a user out everywhere. They may sign in again. */
    public HttpStep endAll(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        String user = permitted(parameters, session);
        SessionList known = known();
        long ended =
                known.of(user).stream().filter(open -> known.end(open.id())).count();
        return Json.answer(Json.object().put("ended", ended));
    }

    /** Whose it is may be nobody's business: to who may not end it, it is not there. */
    public HttpStep end(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of("id"));
        String id = parameters.required("id", "the id of a session");
        Optional<OpenSession> open = known().session(id);
        if (open.isPresent() && isPermitted(open.get().user(), session) && known().end(id)) {
            return Json.done();
        }
        throw new CallRefused(Reason.NOT_FOUND, "there is no session with this id that you may end", "id");
    }

    private boolean isPermitted(String user, CallSession session) throws CallRefused {
        try {
            inboxes.requireAdministrator(user, "user", session);
            return true;
        } catch (CallRefused e) {
            // Gatepost's own accounts have sessions, and names that no user has
            if (e.reason() == Reason.DENIED || e.reason() == Reason.UNUSABLE) {
                return false;
            }
            throw e;
        }
    }

    private String permitted(Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of("user", "inbox"));
        String user = parameters.required("user", "the name of a user");
        if (parameters.text("inbox").isPresent()) {
            session.require(Right.ADMIN, inboxes.of(parameters));
        } else {
            inboxes.requireAdministrator(user, "user", session);
        }
        return user;
    }

    private SessionList known() throws CallRefused {
        return Absent.orElse(sessions, "gatepost-authentication");
    }
}
