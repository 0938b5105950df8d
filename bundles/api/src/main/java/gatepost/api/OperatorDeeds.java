package gatepost.api;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.api.request.Json;
import gatepost.api.request.Parameters;
import gatepost.contracts.OperatorAccount;
import gatepost.contracts.OperatorAudit;
import gatepost.contracts.OperatorAudit.Operator;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpBody;
import gatepost.contracts.http.HttpPending;
import gatepost.contracts.http.HttpStep;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes to the audit log what somebody at the console does by a call: once for each call that changes something, when its answer is known.
 * Of a message it says to whom it goes, and nothing that is in it.
 */
final class OperatorDeeds {

    private static final OperatorDeeds NONE = new OperatorDeeds(null, "", "");

    private final Operator operator;
    private final String deed;
    private String on;

    /** A part of a call. */
    @FunctionalInterface
    interface Part {

        HttpStep step() throws CallRefused;
    }

    private OperatorDeeds(Operator operator, String deed, String on) {
        this.operator = operator;
        this.deed = deed;
        this.on = on;
    }

    /** @param session {@code null} for a public call */
    static OperatorDeeds of(Route route, Parameters parameters, CallSession session) {
        if (session == null || route.deed().isEmpty()) {
            return NONE;
        }
        return OperatorAccount.operator(session.account().user())
                .map(name -> new OperatorDeeds(
                        new Operator(name, "console", host(session.address())), route.deed(), on(parameters)))
                .orElse(NONE);
    }

    /** Does a part of the call, and what comes after it, and says what became of it. */
    HttpStep watch(Part part) throws CallRefused {
        if (operator == null) {
            return part.step();
        }
        try {
            HttpStep step = part.step();
            if (step instanceof HttpAnswer answer) {
                return told(answer);
            }
            if (step instanceof HttpBody needed) {
                return new HttpBody(body -> {
                    // read before it is taken over
                    on = on.isEmpty() ? on(body) : on;
                    return watch(() -> needed.next().take(body));
                });
            }
            if (step instanceof HttpPending pending) {
                return new HttpPending(
                        pending.awaited(), () -> told(pending.next().get()));
            }
            return step;
        } catch (CallRefused e) {
            OperatorAudit.refused(operator, deed, on, e.getMessage());
            throw e;
        }
    }

    private HttpAnswer told(HttpAnswer answer) {
        if (answer.status() < 300) {
            OperatorAudit.done(operator, deed, on);
        } else {
            OperatorAudit.refused(operator, deed, on, "HTTP " + answer.status());
        }
        return answer;
    }

    private static String on(Parameters parameters) {
        return Stream.of("user", "id", "name", "tokenId")
                .flatMap(name -> parameters.text(name).stream())
                .findFirst()
                .orElse("");
    }

    private static String on(byte[] body) {
        try {
            JsonNode json = Json.read(body);
            return Stream.of("user", "tokenId", "to")
                    .flatMap(name -> Optional.ofNullable(json.get(name)).stream())
                    .map(value -> value.isTextual() ? value.textValue() : value.toString())
                    .findFirst()
                    .orElse("");
        } catch (CallRefused e) {
            // whoever takes the body refuses it, and that is written down
            return "";
        }
    }

    /** @return of an address as the transport has it what is neither scheme nor port */
    private static String host(String address) {
        try {
            return Optional.ofNullable(URI.create(address).getHost()).orElse(address);
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
