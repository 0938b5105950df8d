package gatepost.transport.http;

import gatepost.contracts.Durability;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpApi;
import gatepost.contracts.http.HttpBody;
import gatepost.contracts.http.HttpEvents;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpPending;
import gatepost.contracts.http.HttpStep;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers who called for what; takes a body of POST and says it again; waits for the disk at {@code /wait}, and with a body at {@code /keep}; becomes a stream at {@code /events}; fails at {@code /fault}. */
final class StandInApi implements HttpApi {

    /** What {@code /wait} waits for. */
    final Durability disk = new Durability();

    @Override
    public Call find(HttpHead head) throws CallRefused {
        if (head.path().equals("/none")) {
            throw new CallRefused(Reason.NOT_FOUND, "nothing");
        }
        return new Call() {
            @Override
            public boolean isPublic() {
                return List.of("/public", "/events").contains(head.path());
            }

            @Override
            public HttpStep begin(CallSession session) throws CallRefused {
                return step(head, session);
            }
        };
    }

    private HttpStep step(HttpHead head, CallSession session) throws CallRefused {
        String who =
                (session == null ? "everybody" : session.account().user()) + " " + head.method() + " " + head.target();
        return switch (head.path()) {
            case "/events" -> new HttpEvents(List.of(Map.of("destination", "/gatepost/inbox")));
            case "/wait" -> new HttpPending(List.of(disk, Durability.alreadySafe()), () -> text(who));
            case "/keep" -> new HttpBody(body -> new HttpPending(List.of(disk), () -> text(who + " " + body.length)));
            case "/fault" -> throw new IllegalStateException("a fault of the API");
            case "/denied" -> throw new CallRefused(Reason.DENIED, "no");
            case "/limit" -> throw new CallRefused(Reason.LIMIT, "later");
            case "/secret" -> text(String.valueOf(head.header("authorization")));
            default ->
                head.method().equals("POST")
                        ? new HttpBody(body -> text(who + " " + new String(body, StandardCharsets.UTF_8)))
                        : text(who);
        };
    }

    /** {@code NAME HEADERS BODY}. */
    @Override
    public byte[] event(String name, Map<String, String> headers, byte[] body) {
        return (name + " " + new TreeMap<>(headers) + " " + new String(body, StandardCharsets.UTF_8))
                .stripTrailing()
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public HttpAnswer answer(CallRefused refused) {
        return new HttpAnswer(
                refused.reason().status(), Map.of(), refused.getMessage().getBytes(StandardCharsets.UTF_8));
    }

    private static HttpAnswer text(String text) {
        return new HttpAnswer(200, Map.of("content-type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
    }
}
