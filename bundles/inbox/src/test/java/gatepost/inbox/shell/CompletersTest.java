package gatepost.inbox.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.inbox.OperatedBroker;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shell offers at the press of the tab key. */
class CompletersTest {

    @TempDir
    private Path folder;

    private OperatedBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = new OperatedBroker(folder);
        for (String queue : List.of("user.bob", "user.alice", "user.Al", "user.al.b", "app.alice")) {
            broker.send(queue);
        }
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    private List<String> offered(Completer completer, String typed) throws Exception {
        Field inboxes = completer.getClass().getDeclaredField("inboxes");
        inboxes.setAccessible(true);
        inboxes.set(completer, broker.users());
        List<String> candidates = new ArrayList<>();
        completer.complete(null, line(typed), candidates);
        return candidates.stream().map(String::strip).toList();
    }

    /** @param typed up to where the cursor is; {@code null} for nothing, as the shell has it */
    private static CommandLine line(String typed) {
        return (CommandLine) Proxy.newProxyInstance(
                CommandLine.class.getClassLoader(),
                new Class<?>[] {CommandLine.class},
                (line, method, arguments) -> switch (method.getName()) {
                    case "getCursorArgument" -> typed;
                    case "getArgumentPosition", "getBufferPosition" -> typed == null ? 0 : typed.length();
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    @Test
    void usersWithAnInboxAreOfferedByTheBeginningsOfTheirNames() throws Exception {
        assertEquals(List.of("al.b", "alice"), offered(new InboxUserCompleter(), "al"));
        assertEquals(List.of("Al", "al.b", "alice", "bob"), offered(new InboxUserCompleter(), null));
        assertEquals(List.of(), offered(new InboxUserCompleter(), "x"));
    }

    @Test
    void ofManySomeAreOffered() throws Exception {
        for (int i = 0; i < 201; i++) {
            broker.send("user.u" + i);
        }
        assertEquals(200, offered(new InboxUserCompleter(), "u").size());
    }

    @Test
    void kindsAreThoseOfTheConfiguration() throws Exception {
        assertEquals(List.of("user"), offered(new InboxKindCompleter(), null));
        assertEquals(List.of("user"), offered(new InboxKindCompleter(), "us"));
        assertEquals(List.of(), offered(new InboxKindCompleter(), "news"));
    }
}
