package gatepost.api.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatepost.api.request.Json;
import gatepost.api.request.Parameters;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpEvents;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET inbox}: the messages of one's own inbox as Server-Sent Events (HTML, section 9.2). */
public final class Streaming {

    /** What the last event of a stream had as its id that is not to be asked for again. */
    private static final String OVER = "end";

    private static final Pattern EVENT_ID = Pattern.compile("([0-9a-z-]{1,64})\\.([0-9]{1,18})");
    private static final Pattern START = Pattern.compile("oldest|new|-[0-9]{1,18}");
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private Streaming() {}

    public static HttpStep begin(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of("start", "after", "device", "inbox", "state"));
        // a browser that comes back says so in the header; whoever cannot set one says it in the address
        Optional<String> last =
                head.header("last-event-id").filter(id -> !id.isEmpty()).or(() -> parameters.text("after"));
        if (last.filter(OVER::equals).isPresent()) {
            return Json.done();
        }
        if (head.method().equals("HEAD")) {
            // of a stream that never ends there is no length to be told
            return new HttpAnswer(200, Map.of("content-type", "text/event-stream"), new byte[0]);
        }
        Map<String, String> messages = new LinkedHashMap<>();
        messages.put("destination", "/gatepost/inbox");
        messages.put("ack", "auto");
        messages.put("gatepost-done", "by-request");
        parameters.text("inbox").ifPresent(kind -> messages.put("gatepost-inbox", kind));
        where(last, parameters, messages);
        List<Map<String, String>> subscriptions = new ArrayList<>(List.of(messages));
        if (parameters.word("state", "false", "true").equals("true")) {
            Map<String, String> state = new LinkedHashMap<>(Map.of("destination", "/gatepost/inbox/state"));
            parameters.text("inbox").ifPresent(kind -> state.put("gatepost-inbox", kind));
            subscriptions.add(state);
        }
        return new HttpEvents(subscriptions);
    }

    private static void where(Optional<String> last, Parameters parameters, Map<String, String> messages)
            throws CallRefused {
        Optional<String> start = parameters.text("start");
        if (start.isPresent() && !START.matcher(start.get()).matches()) {
            throw Parameters.bad("start", start.get(), "oldest, new, or -N for the last N messages");
        }
        Optional<String> device = parameters.text("device");
        if (device.isPresent()) {
            if (!DEVICE.matcher(device.get()).matches()) {
                throw Parameters.bad("device", device.get(), "1 to 64 characters of A-Z, a-z, 0-9, -, _ and .");
            }
            messages.put("gatepost-device", device.get());
        }
        if (last.isPresent()) {
            Matcher place = EVENT_ID.matcher(last.get());
            if (!place.matches()) {
                throw Parameters.bad("Last-Event-ID", last.get(), "the id of an event of a stream");
            }
            messages.put("gatepost-epoch", place.group(1));
            messages.put("gatepost-offset", place.group(2));
        } else {
            start.ifPresent(text -> messages.put("gatepost-start", text));
        }
    }

    /** @return what an event of a stream says */
    public static byte[] event(String name, Map<String, String> headers, byte[] body) {
        ObjectNode json = switch (name) {
            case "begin" -> begin(headers);
            case "end" -> Json.object().put("reason", headers.get("message"));
            default -> MessageJson.of(headers, body);
        };
        return Json.bytes(json);
    }

    private static ObjectNode begin(Map<String, String> headers) {
        ObjectNode json = Json.object();
        json.put("epoch", headers.get("gatepost-epoch"));
        json.put("head", Long.parseLong(headers.get("gatepost-head")));
        json.put("gap", headers.containsKey("gatepost-gap"));
        json.put("session", headers.get("session"));
        String seconds = headers.get("gatepost-expires-in");
        if (seconds != null) {
            json.put("expiresIn", Long.parseLong(seconds));
        }
        return json;
    }
}
