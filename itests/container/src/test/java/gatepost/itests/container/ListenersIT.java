package gatepost.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Test;

/** Nothing but the connectors listens on an address that others can reach. As Linux tells it. */
public class ListenersIT extends ContainerTest {

    private static final Path TABLES = Path.of("/proc/self/net");

    @Before
    public void everythingListens() throws Exception {
        eventually().until(Connector.shipped(configurations, "stomp")::isOpen);
        eventually().until(Connector.shipped(configurations, "ws")::isOpen);
    }

    @Test
    public void onlyTheConnectorsListenOnPublicAddresses() throws Exception {
        Set<Integer> connectors = Set.of(
                Connector.shipped(configurations, "stomp").port(), Connector.shipped(configurations, "ws").port());

        Set<Integer> open = listeners().stream()
                .filter(listener -> !listener.loopback())
                .map(Listener::port)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(new TreeSet<>(connectors), open);
    }

    @Test
    public void theShellAndJmxListenOnLoopback() throws Exception {
        for (String[] service : new String[][] {
            {"org.apache.karaf.shell", "sshPort"},
            {"org.apache.karaf.management", "rmiRegistryPort"},
            {"org.apache.karaf.management", "rmiServerPort"}}) {
            int port = Integer.parseInt(
                    configurations.getConfiguration(service[0], "?").getProperties().get(service[1]).toString());
            eventually().until(() -> listeners().stream().anyMatch(listener -> listener.port() == port));
            assertTrue(service[1], listeners().stream().filter(listener -> listener.port() == port).allMatch(Listener::loopback));
        }
    }

    private record Listener(int port, boolean loopback) {

        /** A line of the table: {@code sl local_address rem_address st … inode}, the address in the machine's byte order. */
        static Listener of(String[] columns) {
            String[] local = columns[1].split(":");
            boolean loopback = local[0].equals("0100007F")
                    || local[0].equals("0000000000000000FFFF00000100007F")
                    || local[0].equals("00000000000000000000000001000000");
            return new Listener(Integer.parseInt(local[1], 16), loopback);
        }
    }

    /** @return what this very process listens on: the tables name every process' sockets, and our own by their inodes */
    private static List<Listener> listeners() throws IOException {
        Set<String> own = ownSockets();
        return Stream.of("tcp", "tcp6").map(TABLES::resolve).filter(Files::exists).flatMap(ListenersIT::lines)
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns[3].equals("0A") && own.contains("socket:[" + columns[9] + "]"))
                .map(Listener::of)
                .toList();
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream().skip(1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> ownSockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.map(ListenersIT::target)
                    .filter(target -> target.startsWith("socket:"))
                    .collect(Collectors.toSet());
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed while it was being looked at
        }
    }
}
