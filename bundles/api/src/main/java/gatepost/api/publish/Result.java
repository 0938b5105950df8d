package gatepost.api.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatepost.api.request.Json;
import gatepost.contracts.Durability;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import java.util.Optional;

/**
 * What has become of a message at one of its targets.
 *
 * @param durability what the store says of it; {@code null} when it was refused
 * @param refusal why it was; {@code null} when it was taken
 */
record Result(Target target, Durability durability, CallRefused refusal) {

    static final int OK = 200;

    /** @return why it did not get there, once the durability is settled */
    Optional<CallRefused> failure() {
        if (refusal != null) {
            return Optional.of(refusal);
        }
        return durability.failure().map(why -> new CallRefused(Reason.UNAVAILABLE, "the message could not be stored"));
    }

    int status() {
        return failure().map(failed -> failed.reason().status()).orElse(OK);
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        target.user().ifPresent(user -> json.put("user", user));
        Optional<CallRefused> failed = failure();
        if (failed.isPresent()) {
            json.put("status", status());
            json.put("detail", failed.get().getMessage());
            failed.get().field().ifPresent(field -> json.put("field", field));
            return json;
        }
        durability.refusal().ifPresent(reason -> json.put("refused", reason));
        durability.position().ifPresent(position -> {
            json.put("epoch", position.epoch());
            json.put("offset", position.offset());
        });
        durability.reach().ifPresent(reach -> {
            json.put("count", reach.count());
            json.put("skipped", reach.skipped());
        });
        return json;
    }
}
