package gatepost.api.sessions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatepost.api.inbox.Inboxes;
import gatepost.api.request.Absent;
import gatepost.api.request.Fields;
import gatepost.api.request.Json;
import gatepost.api.request.Parameters;
import gatepost.contracts.GateQuestion.Right;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.Revocation;
import gatepost.contracts.Revocations;
import gatepost.contracts.Revocations.InForce;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpBody;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpStep;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.activemq.command.ActiveMQQueue;

/**
 * {@code revocations}: of a user they need {@code admin} of an inbox of that user; a token by its id, of which nobody knows whose it is, and all
 * that there are, need {@code admin} of every queue.
 */
public final class Revoking {

    private static final ActiveMQQueue ALL = new ActiveMQQueue(">");
    private static final Set<String> MEMBERS = Set.of("user", "tokenId", "issuedBefore");

    private final Inboxes inboxes;
    private final Supplier<Revocations> revocations;

    /** @param revocations gives {@code null} while nobody keeps them */
    public Revoking(Inboxes inboxes, Supplier<Revocations> revocations) {
        this.inboxes = inboxes;
        this.revocations = revocations;
    }

    public HttpStep list(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of("user"));
        Optional<String> user = parameters.text("user");
        requireRight(user, session);
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("revocations");
        answer.put("durable", kept().areDurable());
        for (InForce inForce : inForce()) {
            Revocation revocation = inForce.revocation();
            boolean ofUser = revocation.kind() != Revocation.Kind.TOKEN;
            if (user.isEmpty() || ofUser && revocation.name().equals(user.get())) {
                ObjectNode one = all.addObject();
                one.put(ofUser ? "user" : "tokenId", revocation.name());
                revocation.issuedBefore().ifPresent(time -> one.put("issuedBefore", time.toEpochMilli()));
                one.put("since", inForce.since().toEpochMilli());
                one.put("until", inForce.until().toEpochMilli());
            }
        }
        return Json.answer(answer);
    }

    private List<InForce> inForce() throws CallRefused {
        try {
            return kept().inForce();
        } catch (IOException e) {
            throw unavailable();
        }
    }

    /** The answer comes when it is on the disk. */
    public HttpStep revoke(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of());
        Json.require(head);
        return new HttpBody(body -> {
            Fields fields = Fields.of(Json.read(body), "").requireKnown(MEMBERS);
            Revocation revocation = revocation(
                    fields.text("user"),
                    fields.text("tokenId"),
                    fields.number("issuedBefore", 0, Long.MAX_VALUE),
                    session);
            try {
                return Json.answer(Json.object().put("ended", kept().revoke(List.of(revocation))));
            } catch (IllegalArgumentException e) {
                throw new CallRefused(Reason.UNUSABLE, e.getMessage());
            } catch (QuotaReached e) {
                throw new CallRefused(Reason.LIMIT, e.getMessage());
            } catch (IOException e) {
                throw unavailable();
            }
        });
    }

    /** Takes one back. */
    public HttpStep undo(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(MEMBERS);
        long time = parameters.number("issuedBefore", 0, Long.MAX_VALUE, -1);
        Revocation revocation = revocation(
                parameters.text("user"),
                parameters.text("tokenId"),
                time < 0 ? OptionalLong.empty() : OptionalLong.of(time),
                session);
        try {
            if (kept().undo(revocation)) {
                return Json.done();
            }
        } catch (IOException e) {
            throw unavailable();
        }
        throw new CallRefused(Reason.NOT_FOUND, "nothing of that is revoked");
    }

    private Revocation revocation(
            Optional<String> user, Optional<String> tokenId, OptionalLong issuedBefore, CallSession session)
            throws CallRefused {
        if (user.isPresent() == tokenId.isPresent() || tokenId.isPresent() && issuedBefore.isPresent()) {
            throw new CallRefused(
                    Reason.UNUSABLE, "expected user, user and issuedBefore (milliseconds since 1970), or tokenId");
        }
        requireRight(user, session);
        if (tokenId.isPresent()) {
            return Revocation.token(tokenId.get());
        }
        return issuedBefore.isPresent()
                ? Revocation.issuedBefore(user.get(), Instant.ofEpochMilli(issuedBefore.getAsLong()))
                : Revocation.user(user.get());
    }

    private void requireRight(Optional<String> user, CallSession session) throws CallRefused {
        if (user.isPresent()) {
            inboxes.requireAdministrator(user.get(), "user", session);
        } else {
            session.require(Right.ADMIN, ALL);
        }
    }

    private Revocations kept() throws CallRefused {
        return Absent.orElse(revocations, "gatepost-authentication");
    }

    private static CallRefused unavailable() {
        return new CallRefused(Reason.UNAVAILABLE, "the revocations cannot be read or written at the moment");
    }
}
