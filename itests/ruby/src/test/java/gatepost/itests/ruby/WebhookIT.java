package gatepost.itests.ruby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.Command;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Webhooks that the openssl of the command line has signed. */
@ExtendWith(Suite.class)
class WebhookIT {

    private static final byte[] KEY = "24 bytes are the shortest".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEXT = "the next secret has these bytes".getBytes(StandardCharsets.US_ASCII);
    private static final String BODY =
            "{\"type\":\"message.undelivered\",\"timestamp\":\"2026-11-29T02:30:00.125Z\",\"data\":{\"user\":\"gr\u00fcn\",\"offset\":7}}";
    private static final String ID = "evt_1";

    private static Application application;

    private final long now = Instant.now().getEpochSecond();

    @BeforeAll
    static void start() {
        application = new Application(Map.of("GATEPOST_WEBHOOK_SECRET", secret(NEXT) + " " + secret(KEY)));
        application.ask("require 'stringio'");
    }

    @AfterAll
    static void end() {
        application.close();
    }

    @Test
    void aSignedEventIsRead() {
        assertEquals(
                "[\"evt_1\",\"message.undelivered\",\"gr\u00fcn\",7]",
                application
                        .ask(event(BODY, now, sign(KEY, now))
                                + ".then { |e| [e.id, e.type, e.user, e.data['offset']] }")
                        .toString());
    }

    @Test
    void eachOfTwoSecretsCounts() {
        String signatures =
                sign("an older one, of nobody now".getBytes(StandardCharsets.US_ASCII), now) + " " + sign(NEXT, now);
        assertEquals(
                7,
                application
                        .ask(event(BODY, now, signatures) + ".data['offset']")
                        .asInt());
    }

    @Test
    void whatIsChangedOldOrOfSomebodyElseIsRefused() {
        refused(event(BODY.replace("7", "8"), now, sign(KEY, now)), "webhook-signature");
        refused(event(BODY, now + 1, sign(KEY, now)), "webhook-signature");
        refused(
                event(BODY, now, sign("somebody else's secret".getBytes(StandardCharsets.US_ASCII), now)),
                "webhook-signature");
        refused(event(BODY, now - 302, sign(KEY, now - 302)), "webhook-timestamp");
        refused(event(BODY, now + 302, sign(KEY, now + 302)), "webhook-timestamp");
    }

    private static void refused(String call, String why) {
        JsonNode error = application.refused(call);
        assertEquals("Gatepost::Untrusted", error.get("error").asText());
        assertTrue(error.get("message").asText().contains(why), error::toString);
    }

    private static String event(String body, long time, String signatures) {
        return "Gatepost.webhook({ 'rack.input' => StringIO.new('" + body + "'), 'HTTP_WEBHOOK_ID' => '" + ID
                + "', 'HTTP_WEBHOOK_TIMESTAMP' => '" + time + "', 'HTTP_WEBHOOK_SIGNATURE' => '" + signatures + "' })";
    }

    private static String secret(byte[] key) {
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    private static String sign(byte[] key, long time) {
        return sign(key, ID + "." + time + "." + BODY);
    }

    /** @return as Standard Webhooks have it, with the openssl of the command line */
    static String sign(byte[] key, String text) {
        return "v1,"
                + Command.run(
                                Path.of("."),
                                Map.of("LANG", "C.UTF-8"),
                                "sh",
                                "-c",
                                "printf %s \"$1\" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$2 -binary | base64",
                                "sign",
                                text,
                                HexFormat.of().formatHex(key))
                        .strip();
    }
}
