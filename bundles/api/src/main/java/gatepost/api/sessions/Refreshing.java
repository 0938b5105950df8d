package gatepost.api.sessions;

import gatepost.api.request.Absent;
import gatepost.api.request.Fields;
import gatepost.api.request.Json;
import gatepost.api.request.Parameters;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.SessionList;
import gatepost.contracts.TokenAccount;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpBody;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpStep;
import java.util.Set;
import java.util.function.Supplier;

/** {@code POST inbox/token}: a stream of one's own goes on with another token. Nothing that is said of it holds anything of a token. */
public final class Refreshing {

    private final Supplier<SessionList> sessions;

    /** @param sessions gives {@code null} while nobody knows them */
    public Refreshing(Supplier<SessionList> sessions) {
        this.sessions = sessions;
    }

    public HttpStep begin(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of());
        Json.require(head);
        return new HttpBody(body -> {
            Fields fields = Fields.of(Json.read(body), "").requireKnown(Set.of("session", "token"));
            String id = fields.requiredText("session", "what the first event of the stream said");
            String token = fields.requiredText("token", "the new token");
            TokenAccount account = Absent.orElse(sessions, "gatepost-authentication")
                    .account(id)
                    .filter(holder -> holder.user().equals(session.account().user()))
                    .orElseThrow(() -> new CallRefused(
                            Reason.NOT_FOUND, "you have no session with this id that came with a token", "session"));
            try {
                return Json.answer(
                        Json.object().put("expiresIn", account.refresh(token).toSeconds()));
            } catch (SecurityException e) {
                throw new CallRefused(Reason.DENIED, e.getMessage(), "token");
            } catch (QuotaReached e) {
                throw new CallRefused(Reason.LIMIT, e.getMessage());
            }
        });
    }
}
