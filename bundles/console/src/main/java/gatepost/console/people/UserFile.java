package gatepost.console.people;

import gatepost.contracts.Revocation;
import gatepost.contracts.Revocations;
import gatepost.contracts.SessionList;
import gatepost.contracts.SessionList.OpenSession;
import gatepost.contracts.UserGroups;
import gatepost.metrics.view.InboxView;
import gatepost.metrics.view.InboxView.InboxRow;
import gatepost.metrics.view.SessionView;
import gatepost.metrics.view.SessionView.SessionRow;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * What is known of one user, from those who know: a part that is not installed knows nothing. Times are milliseconds since 1970, {@code null}
 * where there is none. Any thread but an event loop.
 */
@Component(service = UserFile.class)
public final class UserFile {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile InboxView inboxes;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile SessionList sessions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile SessionView sockets;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile UserGroups groups;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Revocations revocations;

    /**
     * A session.
     *
     * @param address as a URI
     * @param destinations what it is subscribed to; of one that only calls over HTTP nothing
     * @param waitingBytes of messages that wait to be written to the client
     * @param unacknowledged messages that the client has got and not acknowledged
     */
    record Session(
            String id,
            String address,
            String connector,
            long since,
            Long expires,
            List<String> destinations,
            long waitingBytes,
            long unacknowledged) {}

    /** As {@link InboxRow} has it. */
    record Inbox(
            String kind,
            String queue,
            long waiting,
            int history,
            long historyBytes,
            long head,
            long seen,
            int unseen,
            int unread,
            List<Device> devices) {

        static Inbox of(InboxRow row) {
            return new Inbox(
                    row.kind(),
                    row.queue(),
                    row.waiting(),
                    row.history(),
                    row.historyBytes(),
                    row.head(),
                    row.seen(),
                    row.unseen(),
                    row.unread(),
                    row.devices().stream()
                            .map(device -> new Device(
                                    device.account(),
                                    device.name(),
                                    device.upTo(),
                                    device.above(),
                                    device.used().toEpochMilli(),
                                    device.connected()))
                            .toList());
        }
    }

    record Device(String account, String name, long upTo, int above, long used, boolean connected) {}

    /** @param issuedBefore {@code null} for a user who is shut out altogether */
    record Revoked(Long issuedBefore, long since, long until) {}

    /** @return those that the users file has */
    List<String> groups(String user) {
        UserGroups listed = groups;
        return listed == null
                ? List.of()
                : listed.groupsOf(user).stream()
                        .flatMap(all -> all.stream().sorted())
                        .toList();
    }

    List<Session> sessions(String user) {
        SessionList open = sessions;
        SessionView looks = sockets;
        if (open == null) {
            return List.of();
        }
        Map<String, SessionRow> rows = looks == null
                ? Map.of()
                : looks.sessions().stream()
                        .filter(row -> row.user().equals(user))
                        .collect(Collectors.toMap(SessionRow::id, Function.identity()));
        return open.of(user).stream()
                .map(session -> session(session, Optional.ofNullable(rows.get(session.id()))))
                .toList();
    }

    private static Session session(OpenSession session, Optional<SessionRow> row) {
        return new Session(
                session.id(),
                session.address(),
                session.connector().orElse(""),
                session.since().toEpochMilli(),
                session.expires().map(Instant::toEpochMilli).orElse(null),
                row.map(SessionRow::destinations).orElse(List.of()),
                row.map(SessionRow::waitingBytes).orElse(0L),
                row.map(SessionRow::unacknowledged).orElse(0L));
    }

    /** @throws Exception when the broker is not there */
    List<Inbox> inboxes(String user) throws Exception {
        InboxView view = inboxes;
        return view == null ? List.of() : view.of(user).stream().map(Inbox::of).toList();
    }

    /** @throws IOException while they are not read */
    List<Revoked> revocations(String user) throws IOException {
        Revocations kept = revocations;
        return kept == null
                ? List.of()
                : kept.inForce().stream()
                        .filter(one -> one.revocation().kind() != Revocation.Kind.TOKEN
                                && one.revocation().name().equals(user))
                        .map(one -> new Revoked(
                                one.revocation()
                                        .issuedBefore()
                                        .map(Instant::toEpochMilli)
                                        .orElse(null),
                                one.since().toEpochMilli(),
                                one.until().toEpochMilli()))
                        .toList();
    }
}
