package gatepost.api.inbox;

import gatepost.api.request.Parameters;
import gatepost.contracts.GateQuestion.Right;
import gatepost.contracts.InboxNames;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.command.ActiveMQQueue;

/** Finds the queues that calls speak of. Any thread. */
public final class Inboxes {

    private final InboxNames names;

    public Inboxes(InboxNames names) {
        this.names = names;
    }

    /** @return the inbox that the address of a call names: {@code user}, and {@code inbox} where users have several */
    public ActiveMQQueue of(Parameters parameters) throws CallRefused {
        return inbox(parameters.required("user", "the name of a user"), parameters.text("inbox"), "user");
    }

    /**
     * @param kind which of the user's inboxes
     * @param field that has the name, for an error
     */
    public ActiveMQQueue inbox(String user, Optional<String> kind, String field) throws CallRefused {
        if (names.kinds().isEmpty()) {
            throw new CallRefused(Reason.NOT_FOUND, "there are no inboxes here");
        }
        if (kind.isPresent() && !names.kinds().contains(kind.get())) {
            throw Parameters.bad("inbox", kind.get(), "one of " + String.join(", ", names.kinds()));
        }
        if (kind.isEmpty() && names.kinds().size() > 1) {
            throw new CallRefused(
                    Reason.UNUSABLE, "inbox is missing: expected one of " + String.join(", ", names.kinds()), "inbox");
        }
        return Optional.of(user)
                .filter(Inboxes::isName)
                .flatMap(name -> names.inbox(name, kind))
                .orElseThrow(() -> Parameters.bad(field, user, "a name that can be a user's"));
    }

    /** @return one of a user's inboxes, for what concerns the user and no inbox more than another */
    public ActiveMQQueue anyOf(String user, String field) throws CallRefused {
        return inbox(user, names.kinds().stream().findFirst(), field);
    }

    /**
     * Requires {@code admin} of one of a user's inboxes, for what is done to the user and to no inbox: where there are several, whoever has it
     * of any may.
     */
    public void requireAdministrator(String user, String field, CallSession session) throws CallRefused {
        List<ActiveMQQueue> all = allOf(user, field);
        for (ActiveMQQueue inbox : all.subList(0, all.size() - 1)) {
            if (session.may(Right.ADMIN, inbox)) {
                return;
            }
        }
        session.require(Right.ADMIN, all.get(all.size() - 1));
    }

    /** Requires {@code admin} of each inbox of a user, for what is done to all of them. */
    public void requireAdministratorOfAll(String user, String field, CallSession session) throws CallRefused {
        for (ActiveMQQueue inbox : allOf(user, field)) {
            session.require(Right.ADMIN, inbox);
        }
    }

    /** @return at least one */
    private List<ActiveMQQueue> allOf(String user, String field) throws CallRefused {
        List<ActiveMQQueue> all = new ArrayList<>();
        all.add(anyOf(user, field));
        for (String kind : names.kinds()) {
            names.inbox(user, Optional.of(kind))
                    .filter(inbox -> !all.contains(inbox))
                    .ifPresent(all::add);
        }
        return all;
    }

    public ActiveMQQueue audience(String name, String field) throws CallRefused {
        return Optional.of(name)
                .filter(Inboxes::isName)
                .flatMap(names::audience)
                .orElseThrow(() -> Parameters.bad(field, name, "a name that can be an audience's"));
    }

    public ActiveMQQueue everyone() throws CallRefused {
        return names.everyone()
                .orElseThrow(() -> new CallRefused(Reason.NOT_FOUND, "there is no queue for everyone here"));
    }

    public ActiveMQQueue online() throws CallRefused {
        return names.online()
                .orElseThrow(() -> new CallRefused(Reason.NOT_FOUND, "there is no queue for who is on line here"));
    }

    /** As STOMP has it, no destination has such characters: they would be in logs and in the words that clients read. */
    private static boolean isName(String name) {
        return !name.isEmpty() && name.chars().noneMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c));
    }
}
