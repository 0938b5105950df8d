package gatepost.transport.http;

import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpApi;
import gatepost.contracts.http.HttpHead;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Stands in while nobody answers calls: the bundle is just coming, going or not installed. */
final class NoApi implements HttpApi {

    @Override
    public Call find(HttpHead head) throws CallRefused {
        throw new CallRefused(Reason.UNAVAILABLE, "nobody answers HTTP calls at the moment");
    }

    @Override
    public byte[] event(String name, Map<String, String> headers, byte[] body) {
        throw new IllegalStateException("nothing becomes a stream of events here");
    }

    @Override
    public HttpAnswer answer(CallRefused refused) {
        return new HttpAnswer(
                refused.reason().status(),
                Map.of("content-type", "text/plain; charset=utf-8"),
                (refused.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
