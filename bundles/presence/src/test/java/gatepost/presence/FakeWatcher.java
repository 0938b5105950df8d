package gatepost.presence;

import gatepost.contracts.Account;
import gatepost.contracts.PresenceWatcher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.command.Message;

/** A subscription that takes as many messages as it has room for. */
final class FakeWatcher implements PresenceWatcher {

    final List<Message> messages = new ArrayList<>();
    private final String user;
    private final boolean trusted;
    private final List<String> names;
    private int room = Integer.MAX_VALUE;
    private boolean awaited;

    private FakeWatcher(String user, boolean trusted, List<String> names) {
        this.user = user;
        this.trusted = trusted;
        this.names = names;
    }

    static FakeWatcher of(String... names) {
        return by("somebody", names);
    }

    static FakeWatcher by(String user, String... names) {
        return new FakeWatcher(user, false, List.of(names));
    }

    FakeWatcher trusted() {
        return new FakeWatcher(user, true, names);
    }

    FakeWatcher room(int messages) {
        room = messages;
        return this;
    }

    /** @return whether somebody waits for it */
    boolean isAwaited() {
        return awaited;
    }

    /** @return what it was told since the last time, without the braces */
    List<String> told() {
        List<String> told = messages.stream()
                .map(message -> new String(
                        message.getContent().getData(),
                        message.getContent().getOffset(),
                        message.getContent().getLength(),
                        StandardCharsets.UTF_8))
                .toList();
        messages.clear();
        return told;
    }

    @Override
    public Optional<Account> account() {
        return Optional.of(new Account() {
            @Override
            public String user() {
                return user;
            }

            @Override
            public Instant since() {
                return Instant.EPOCH;
            }

            @Override
            public boolean isTrusted() {
                return trusted;
            }
        });
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public boolean hasRoom() {
        return room > 0;
    }

    @Override
    public boolean awaitRoom() {
        awaited = true;
        return hasRoom();
    }

    @Override
    public void deliver(Message message) {
        if (room <= 0) {
            throw new AssertionError("there is no room");
        }
        room--;
        messages.add(message);
    }
}
