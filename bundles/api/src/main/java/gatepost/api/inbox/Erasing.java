package gatepost.api.inbox;

import gatepost.api.request.Absent;
import gatepost.api.request.Json;
import gatepost.api.request.Parameters;
import gatepost.contracts.UserErasure;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpStep;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code DELETE users/{user}}: needs {@code admin} of the inbox, and a group that is trusted, since no user may do that. */
public final class Erasing {

    private static final Logger LOG = LoggerFactory.getLogger(Erasing.class);

    private final Inboxes inboxes;
    private final Supplier<UserErasure> erasure;

    /** @param erasure gives {@code null} while nobody can */
    public Erasing(Inboxes inboxes, Supplier<UserErasure> erasure) {
        this.inboxes = inboxes;
        this.erasure = erasure;
    }

    public HttpStep begin(HttpHead head, Parameters parameters, CallSession session) throws CallRefused {
        parameters.requireKnown(Set.of("user"));
        String user = parameters.required("user", "the name of a user");
        inboxes.requireAdministratorOfAll(user, "user", session);
        if (!session.account().isTrusted()) {
            throw new CallRefused(Reason.DENIED, "Denied: only who is in one of trusted.groups erases users");
        }
        try {
            Absent.orElse(erasure, "gatepost-inbox").eraseUser(user);
            return Json.done();
        } catch (IllegalArgumentException e) {
            throw new CallRefused(Reason.UNUSABLE, e.getMessage(), "user");
        } catch (CallRefused e) {
            throw e;
        } catch (Exception e) {
            LOG.error("a user could not be erased", e);
            throw new CallRefused(Reason.FAILED, "the user could not be erased: try again");
        }
    }
}
