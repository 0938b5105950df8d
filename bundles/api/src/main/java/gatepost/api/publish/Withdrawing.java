package gatepost.api.publish;

import gatepost.api.inbox.Inboxes;
import gatepost.api.request.Json;
import gatepost.api.request.Parameters;
import gatepost.contracts.Durability;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpPending;
import gatepost.contracts.http.HttpStep;
import java.util.List;
import java.util.Set;

/** {@code DELETE messages}: takes back one's own message, or as an administrator of the inbox any. */
public final class Withdrawing {

    private final Inboxes inboxes;

    public Withdrawing(Inboxes inboxes) {
        this.inboxes = inboxes;
    }

    public HttpStep begin(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of("user", "inbox", "id"));
        String id = Outgoing.name("id", parameters.required("id", "what the message was sent with"));
        InboxRequest request = InboxRequest.withdrawal(inboxes.of(parameters), id);
        Durability gone = session.ask(request);
        if (!request.isSettled()) {
            throw new CallRefused(Reason.NOT_FOUND, "there is no message of yours with the id " + id, "id");
        }
        return new HttpPending(List.of(gone), Json::done);
    }
}
