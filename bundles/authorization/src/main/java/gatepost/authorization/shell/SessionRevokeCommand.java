package gatepost.authorization.shell;

import gatepost.contracts.Revocation;
import gatepost.contracts.Revocations;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:session-revoke}: ends sessions and keeps out what they came with. */
@Service
@Command(
        scope = "gatepost",
        name = "session-revoke",
        description = "Revokes users or tokens: their sessions end, and what they came with is not accepted any more",
        detailedDescription = "classpath:session-revoke.txt")
public final class SessionRevokeCommand extends AnsweringCommand {

    private static final String EXPECTED = "expected users, --token and a token's jti, or --list";
    private static final String IN_MEMORY =
            "The broker keeps nothing (store = memory), so that this is in force until Gatepost stops";

    @Argument(name = "user", description = "Users of whom everything is revoked", multiValued = true)
    @Completion(RevocableUserCompleter.class)
    private List<String> users = List.of();

    @Option(name = "--token", description = "The id of a token, its jti, of which alone it is", multiValued = true)
    @Completion(TokenIdCompleter.class)
    private List<String> tokens = List.of();

    @Option(
            name = "--issued-before",
            description =
                    "Only what the users got before that: now, a time such as 2026-11-28T09:00:00Z, or seconds since 1970")
    private String before;

    @Option(name = "--list", description = "List what is revoked")
    private boolean list;

    @Option(name = "--undo", description = "Take it back")
    private boolean undo;

    @Reference
    private Revocations revocations;

    @Override
    protected Optional<String> audited() {
        return list
                ? Optional.empty()
                : Optional.of((undo ? "undo " : "")
                        + Stream.concat(users.stream(), tokens.stream()).collect(Collectors.joining(" ")));
    }

    @Override
    protected Answer answer() throws Exception {
        if (list != (users.isEmpty() && tokens.isEmpty()) || list && (undo || before != null)) {
            throw new IllegalArgumentException(EXPECTED);
        }
        if (before != null && (users.isEmpty() || !tokens.isEmpty() || undo)) {
            throw new IllegalArgumentException("--issued-before is of users: expected users, and no --token or --undo");
        }
        for (String user : users) {
            if (user.startsWith("-")) {
                // the shell takes what comes after the first user for users
                throw new IllegalArgumentException(user + " is no user: expected options before users");
            }
        }
        if (list) {
            return listing();
        }
        return undo ? undone() : revoked();
    }

    private Answer listing() throws IOException {
        Listing all = new Listing("Revoked", "Name", "Issued before", "Since", "Until").ifEmpty("Nothing is revoked");
        for (Revocations.InForce one : revocations.inForce()) {
            all.row(
                    word(one.revocation().kind()),
                    one.revocation().name(),
                    one.revocation().issuedBefore(),
                    one.since(),
                    one.until());
        }
        return Answer.of(revocations.areDurable() ? all : all.note(IN_MEMORY));
    }

    private Answer revoked() throws Exception {
        List<Revocation> wanted = new ArrayList<>();
        if (before == null) {
            users.forEach(user -> wanted.add(Revocation.user(user)));
        } else {
            Instant time = time(before);
            users.forEach(user -> wanted.add(Revocation.issuedBefore(user, time)));
        }
        tokens.forEach(id -> wanted.add(Revocation.token(id)));
        int cut = revocations.revoke(wanted);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("revoked", wanted.size());
        object.put("sessions", cut);
        object.put("durable", revocations.areDurable());
        String sentence = wanted.size() + (wanted.size() == 1 ? " revocation is" : " revocations are") + " in force; "
                + (cut == 1 ? "1 session is closed" : cut + " sessions are closed");
        return Answer.of(revocations.areDurable() ? sentence : sentence + ". " + IN_MEMORY, object);
    }

    private Answer undone() throws IOException {
        int gone = 0;
        for (String user : users) {
            gone += revocations.undo(Revocation.user(user)) ? 1 : 0;
            gone += revocations.undo(Revocation.issuedBefore(user, Instant.EPOCH)) ? 1 : 0;
        }
        for (String id : tokens) {
            gone += revocations.undo(Revocation.token(id)) ? 1 : 0;
        }
        return Answer.of(
                gone == 1 ? "1 revocation is taken back" : gone + " revocations are taken back",
                Map.of("undone", gone));
    }

    private static String word(Revocation.Kind kind) {
        return switch (kind) {
            case USER -> "user";
            case TOKEN -> "token";
            case ISSUED_BEFORE -> "issued before";
        };
    }

    private static Instant time(String text) {
        try {
            if (text.equals("now")) {
                return Instant.now();
            }
            return text.matches("\\d{1,12}")
                    ? Instant.ofEpochSecond(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "--issued-before " + text
                            + ": expected now, a time such as 2026-11-28T09:00:00Z, or seconds since 1970",
                    e);
        }
    }
}
