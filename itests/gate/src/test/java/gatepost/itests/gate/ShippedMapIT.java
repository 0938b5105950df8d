package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Library;
import gatepost.itests.harness.library.Ruby;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may do what under the map that ships: {@code shipped-map.table}, row by row over both connectors and with each library. */
@ExtendWith(Suite.class)
class ShippedMapIT {

    private static final Table TABLE = Table.read("shipped-map.table");

    @TestFactory
    Stream<DynamicNode> frameByFrame() {
        return Arrays.stream(Transport.values())
                .map(transport -> DynamicContainer.dynamicContainer(
                        transport.name(),
                        TABLE.played(user -> new RawClient(transport.client(Suite.gatepost()), Suite.account(user)))));
    }

    @TestFactory
    Stream<DynamicTest> withRuby() {
        return played(
                Ruby.conversation(),
                (ruby, account) -> new RubyClient(ruby, Suite.gatepost().stompPort(), account));
    }

    @TestFactory
    Stream<DynamicNode> inTheBrowser() {
        Browser browser = Browser.start();
        return Arrays.stream(Library.values())
                .<DynamicNode>map(library -> DynamicContainer.dynamicContainer(
                        library.name(),
                        played(
                                library.open(browser),
                                (page, account) ->
                                        new PageClient(page, Suite.gatepost().wsPort(), account))))
                .onClose(browser::close);
    }

    /** Plays the table with a program that all of its rows share, which is closed behind the last one. */
    private static <P extends AutoCloseable> Stream<DynamicTest> played(
            P program, BiFunction<P, Account, Client> client) {
        return TABLE.played(user -> client.apply(program, Suite.account(user))).onClose(() -> {
            try {
                program.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void theTableIsThere() {
        assertTrue(TABLE.size() >= 60, () -> TABLE.size() + " rows");
    }
}
