package gatepost.contracts.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to a call.
 *
 * @param status such as 200
 * @param headers besides those that the connector sets on every answer
 * @param body not to be changed; empty for none
 */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) implements HttpStep {

    /** @return the same with one header more */
    public HttpAnswer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpAnswer(status, more, body);
    }
}
