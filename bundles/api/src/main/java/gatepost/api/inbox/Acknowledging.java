package gatepost.api.inbox;

import gatepost.api.request.Fields;
import gatepost.api.request.Json;
import gatepost.api.request.Parameters;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpBody;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.activemq.command.ActiveMQQueue;

/** {@code POST inbox/ack}: messages of one's own inbox are done. */
public final class Acknowledging {

    private static final Set<String> MEMBERS = Set.of("epoch", "offset", "offsets", "upTo", "device");
    /** Offsets of one call. */
    private static final int MOST = 1_000;

    private final Inboxes inboxes;

    public Acknowledging(Inboxes inboxes) {
        this.inboxes = inboxes;
    }

    public HttpStep begin(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of("inbox"));
        ActiveMQQueue inbox = inboxes.inbox(session.account().user(), parameters.text("inbox"), "sub");
        Json.require(head);
        return new HttpBody(body -> {
            Fields fields = Fields.of(Json.read(body), "").requireKnown(MEMBERS);
            String epoch = fields.requiredText("epoch", "the epoch in which the offset was given");
            Optional<String> device = fields.text("device");
            OptionalLong upTo = fields.number("upTo", 0, Long.MAX_VALUE);
            List<Long> offsets = fields.numbers("offsets", MOST);
            OptionalLong offset = fields.number("offset", 0, Long.MAX_VALUE);
            List<InboxRequest> requests = new ArrayList<>();
            upTo.ifPresent(last ->
                    requests.add(InboxRequest.done(inbox, OptionalLong.empty(), OptionalLong.of(last), epoch, device)));
            offset.ifPresent(one ->
                    requests.add(InboxRequest.done(inbox, OptionalLong.of(one), OptionalLong.empty(), epoch, device)));
            offsets.forEach(one ->
                    requests.add(InboxRequest.done(inbox, OptionalLong.of(one), OptionalLong.empty(), epoch, device)));
            if (requests.isEmpty()) {
                throw new CallRefused(
                        Reason.UNUSABLE, "nothing is acknowledged: expected offset, offsets or upTo", "offset");
            }
            return Seeing.change(session, inbox, epoch, requests);
        });
    }
}
