package gatepost.api;

import gatepost.api.audience.Membership;
import gatepost.api.inbox.Acknowledging;
import gatepost.api.inbox.Erasing;
import gatepost.api.inbox.Inboxes;
import gatepost.api.inbox.Reading;
import gatepost.api.inbox.Seeing;
import gatepost.api.inbox.Streaming;
import gatepost.api.inbox.Tracing;
import gatepost.api.presence.OnLine;
import gatepost.api.publish.Publishing;
import gatepost.api.publish.Withdrawing;
import gatepost.api.request.Parameters;
import gatepost.api.request.Problem;
import gatepost.api.request.Template;
import gatepost.api.sessions.Refreshing;
import gatepost.api.sessions.Revoking;
import gatepost.api.sessions.Sessions;
import gatepost.contracts.AudienceMembers;
import gatepost.contracts.InboxNames;
import gatepost.contracts.InboxRecords;
import gatepost.contracts.MessageTrace;
import gatepost.contracts.Presence;
import gatepost.contracts.Revocations;
import gatepost.contracts.SessionList;
import gatepost.contracts.UserErasure;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpApi;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Knows which calls there are. What a call needs besides inboxes may come and go. */
@Component(service = HttpApi.class)
public final class Api implements HttpApi {

    private static final String V1 = "/api/v1";

    private final List<Route> routes;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile SessionList sessions;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Revocations revocations;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Presence presence;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile AudienceMembers members;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile UserErasure erasure;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile MessageTrace trace;

    /**
     * @param names which queue is whose inbox
     * @param records when users were last seen
     */
    @Activate
    public Api(@Reference InboxNames names, @Reference InboxRecords records) {
        Inboxes inboxes = new Inboxes(names);
        Publishing publishing = new Publishing(inboxes);
        Reading reading = new Reading(inboxes, records);
        Seeing seeing = new Seeing(inboxes);
        Sessions open = new Sessions(inboxes, () -> sessions);
        Revoking revoking = new Revoking(inboxes, () -> revocations);
        OnLine onLine = new OnLine(inboxes, () -> presence);
        Membership membership = new Membership(inboxes, () -> members);
        this.routes = List.of(
                new Description().route(V1 + "/openapi.json"),
                Script.route("client.js"),
                Script.route("client-worker.js"),
                new Route("POST", V1 + "/messages", publishing::begin).as("message-send"),
                new Route("DELETE", V1 + "/messages", new Withdrawing(inboxes)::begin).as("message-withdraw"),
                new Route("GET", V1 + "/users/{user}", reading::state),
                new Route("GET", V1 + "/users/{user}/messages", reading::messages),
                new Route("GET", new Template("/inbox"), true, Streaming::begin),
                new Route("POST", "/inbox/ack", new Acknowledging(inboxes)::begin),
                new Route("POST", "/inbox/token", new Refreshing(() -> sessions)::begin),
                new Route("PUT", V1 + "/users/{user}/seen", seeing::seen).as("inbox-seen"),
                new Route("PATCH", V1 + "/users/{user}/messages/{offset}", seeing::mark).as("message-mark"),
                new Route("DELETE", V1 + "/users/{user}", new Erasing(inboxes, () -> erasure)::begin).as("user-erase"),
                new Route("GET", V1 + "/users/{user}/trace", new Tracing(inboxes, () -> trace)::begin),
                new Route("GET", V1 + "/users/{user}/sessions", open::list),
                new Route("DELETE", V1 + "/users/{user}/sessions", open::endAll).as("sessions-end"),
                new Route("DELETE", V1 + "/sessions/{id}", open::end).as("session-end"),
                new Route("GET", V1 + "/revocations", revoking::list),
                new Route("POST", V1 + "/revocations", revoking::revoke).as("revoke"),
                new Route("DELETE", V1 + "/revocations", revoking::undo).as("revocation-undo"),
                new Route("GET", V1 + "/presence", onLine::of),
                new Route("GET", V1 + "/online", onLine::all),
                new Route("GET", V1 + "/audiences/{name}/members", membership::list),
                new Route("PUT", V1 + "/audiences/{name}/members", membership::add).as("audience-add"),
                new Route("DELETE", V1 + "/audiences/{name}/members", membership::remove).as("audience-remove"),
                new Route("PUT", V1 + "/audiences/{name}/members/{user}", membership::add).as("audience-add"),
                new Route("DELETE", V1 + "/audiences/{name}/members/{user}", membership::remove).as("audience-remove"),
                new Route("GET", V1 + "/users/{user}/audiences", membership::of));
    }

    /** @return all calls that there are */
    List<Route> routes() {
        return routes;
    }

    @Override
    public Call find(HttpHead head) throws CallRefused {
        // the answer to HEAD is that to GET, of which the connector leaves the body out (RFC 9110, section 9.3.2)
        String method = head.method().equals("HEAD") ? "GET" : head.method();
        Map<String, String> query = Parameters.query(head.query());
        TreeSet<String> others = new TreeSet<>();
        for (Route route : routes) {
            Optional<Parameters> parameters = route.path().match(head.path(), query);
            if (parameters.isPresent() && route.method().equals(method)) {
                return new Found(route, head, parameters.get());
            }
            if (parameters.isPresent()) {
                others.add(route.method());
                if (route.method().equals("GET")) {
                    others.add("HEAD");
                }
            }
        }
        if (!others.isEmpty()) {
            return new OtherMethod(others);
        }
        throw new CallRefused(
                Reason.NOT_FOUND, "there is no such call: " + V1 + "/openapi.json has all that there are");
    }

    @Override
    public byte[] event(String name, Map<String, String> headers, byte[] body) {
        return Streaming.event(name, headers, body);
    }

    @Override
    public HttpAnswer answer(CallRefused refused) {
        return Problem.of(refused);
    }

    /** What is there, but not like that: whoever asks is told how (RFC 9110, section 15.5.6). */
    private record OtherMethod(Set<String> expected) implements Call {

        @Override
        public boolean isPublic() {
            return true;
        }

        @Override
        public HttpStep begin(CallSession session) {
            CallRefused refused = new CallRefused(
                    Reason.METHOD, "this method does nothing here: expected " + String.join(" or ", expected));
            return Problem.of(refused).with("allow", String.join(", ", expected));
        }
    }

    private record Found(Route route, HttpHead head, Parameters parameters) implements Call {

        @Override
        public boolean isPublic() {
            return route.isPublic();
        }

        @Override
        public HttpStep begin(CallSession session) throws CallRefused {
            return OperatorDeeds.of(route, parameters, session)
                    .watch(() -> route.handler().begin(head, parameters, session));
        }
    }
}
