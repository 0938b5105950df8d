package gatepost.api.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.HttpAnswer;

/** How a client is told that its call is not served (RFC 9457). */
public final class Problem {

    private static final String TYPE = "application/problem+json";

    private Problem() {}

    public static HttpAnswer of(CallRefused refused) {
        int status = refused.reason().status();
        ObjectNode problem = Json.object();
        problem.put("title", title(refused.reason()));
        problem.put("status", status);
        problem.put("detail", refused.getMessage());
        refused.field().ifPresent(field -> problem.put("field", field));
        return Json.answer(status, TYPE, problem);
    }

    private static String title(Reason reason) {
        return switch (reason) {
            case MALFORMED -> "The request cannot be understood";
            case NOT_SIGNED_IN -> "Nobody has proved who they are";
            case DENIED -> "That is not allowed";
            case NOT_FOUND -> "There is nothing here";
            case METHOD -> "This method does nothing here";
            case CONFLICT -> "It contradicts what is there";
            case TOO_LARGE -> "It is too large";
            case MEDIA_TYPE -> "This kind of content is not understood";
            case UNUSABLE -> "Something in the request cannot be used";
            case LIMIT -> "A limit was reached";
            case FAILED -> "It failed inside Gatepost";
            case UNAVAILABLE -> "Try again later";
        };
    }
}
