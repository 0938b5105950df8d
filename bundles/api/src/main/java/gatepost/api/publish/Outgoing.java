package gatepost.api.publish;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.api.request.Fields;
import gatepost.api.request.Json;
import gatepost.api.request.Parameters;
import gatepost.contracts.InboxHeaders;
import gatepost.contracts.TraceContext;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What a client wants sent, checked.
 *
 * @param headers as of a SEND frame
 */
record Outgoing(Map<String, String> headers, byte[] body) {

    private static final String CONTENT_TYPE = "content-type";
    private static final Set<String> MEMBERS = Set.of(
            "to",
            "body",
            "base64",
            "contentType",
            "headers",
            "id",
            "once",
            "collapse",
            "ttl",
            "ifFull",
            "history",
            "persistent");
    /** Headers that a member of the message stands for, or that speak of a frame. */
    private static final Set<String> NO_HEADERS = Set.of(
            CONTENT_TYPE,
            "content-length",
            "destination",
            "receipt",
            "transaction",
            "expires",
            "persistent",
            "timestamp");

    private static final Pattern NAME = Pattern.compile("[!-~]{1,128}");
    private static final long LONGEST_TTL = TimeUnit.DAYS.toSeconds(3650);

    /**
     * @param trace of the call, for what names none of its own
     * @throws CallRefused naming what cannot be used
     */
    static Outgoing of(Fields message, Optional<TraceContext> trace) throws CallRefused {
        message.requireKnown(MEMBERS);
        Map<String, String> headers = new LinkedHashMap<>();
        Optional<Iterable<Map.Entry<String, JsonNode>>> given = message.members("headers");
        if (given.isPresent()) {
            for (Map.Entry<String, JsonNode> header : given.get()) {
                add(headers, header.getKey(), header.getValue(), message.at("headers") + "." + header.getKey());
            }
        }
        // a parent and a state of different origins would say what nobody meant
        if (headers.keySet().stream().noneMatch(Outgoing::isTrace)) {
            trace.ifPresent(context -> context.addTo(headers));
        }
        name(message, "id", InboxHeaders.ID, headers);
        name(message, "once", InboxHeaders.ONCE, headers);
        name(message, "collapse", InboxHeaders.COLLAPSE, headers);
        message.flag("persistent").ifPresent(on -> headers.put("persistent", on.toString()));
        message.flag("history").ifPresent(on -> headers.put(InboxHeaders.HISTORY, on.toString()));
        ifFull(message, headers);
        OptionalLong ttl = message.number("ttl", 1, LONGEST_TTL);
        if (ttl.isPresent()) {
            long expires = System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(ttl.getAsLong());
            headers.put("expires", String.valueOf(expires));
        }
        byte[] body = body(message, headers);
        message.text("contentType").ifPresent(type -> headers.put(CONTENT_TYPE, type));
        return new Outgoing(headers, body);
    }

    private static boolean isTrace(String header) {
        return header.equalsIgnoreCase(TraceContext.PARENT) || header.equalsIgnoreCase(TraceContext.STATE);
    }

    private static void ifFull(Fields message, Map<String, String> headers) throws CallRefused {
        Optional<JsonNode> ifFull = message.node("ifFull");
        if (ifFull.isPresent()) {
            String word = ifFull.get().asText();
            if (!word.equals(InboxHeaders.SKIP) && !word.equals("refuse")) {
                throw Fields.bad(message.at("ifFull"), ifFull.get(), "\"refuse\" or \"skip\"");
            }
            if (word.equals(InboxHeaders.SKIP)) {
                headers.put(InboxHeaders.IF_FULL, word);
            }
        }
    }

    private static void name(Fields message, String member, String header, Map<String, String> headers)
            throws CallRefused {
        Optional<String> value = message.text(member);
        if (value.isPresent()) {
            headers.put(header, name(message.at(member), value.get()));
        }
    }

    /** @return a name that a client gives to a message */
    static String name(String field, String value) throws CallRefused {
        if (!NAME.matcher(value).matches()) {
            throw Parameters.bad(field, value, "1 to 128 printable characters of ASCII without spaces");
        }
        return value;
    }

    private static void add(Map<String, String> headers, String name, JsonNode value, String field) throws CallRefused {
        String lower = name.toLowerCase(Locale.ROOT);
        if (name.isEmpty()
                || NO_HEADERS.contains(lower)
                || lower.startsWith("gatepost-") && !lower.equals("gatepost-message-id")) {
            throw new CallRefused(
                    Reason.UNUSABLE,
                    field
                            + " cannot be a header: expected a name of your own; id, once, collapse, ttl, contentType and persistent"
                            + " are members of the message",
                    field);
        }
        if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
            throw Fields.bad(field, value, "a string");
        }
        headers.put(name, value.asText());
    }

    /** A body that is an object or an array of JSON goes out as its text, and says so. */
    private static byte[] body(Fields message, Map<String, String> headers) throws CallRefused {
        Optional<JsonNode> body = message.node("body");
        Optional<String> base64 = message.text("base64");
        if (body.isPresent() && base64.isPresent()) {
            throw new CallRefused(
                    Reason.UNUSABLE,
                    message.at("base64") + " is there, and so is body: expected one of both",
                    message.at("base64"));
        }
        if (base64.isPresent()) {
            try {
                return Base64.getDecoder().decode(base64.get());
            } catch (IllegalArgumentException e) {
                throw new CallRefused(
                        Reason.UNUSABLE,
                        message.at("base64") + " is not Base64 (RFC 4648, section 4)",
                        message.at("base64"));
            }
        }
        if (body.isPresent() && body.get().isContainerNode()) {
            headers.put(CONTENT_TYPE, "application/json");
            return Json.bytes(body.get());
        }
        return message.text("body").orElse("").getBytes(StandardCharsets.UTF_8);
    }
}
