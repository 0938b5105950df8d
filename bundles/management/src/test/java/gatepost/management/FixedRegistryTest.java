package gatepost.management;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others on this machine may do to the registry. */
class FixedRegistryTest {

    private final Remote connector = new Nothing();
    private final Remote impostor = new Nothing();
    private int port;
    private FixedRegistry registry;
    private Registry found;

    /** Something remote. */
    private static final class Nothing implements Remote {}

    @BeforeEach
    void open() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        registry = new FixedRegistry(InetAddress.getByName("127.0.0.1"), port);
        registry.put("jmx", UnicastRemoteObject.exportObject(connector, 0));
        found = LocateRegistry.getRegistry("127.0.0.1", port);
    }

    @AfterEach
    void close() throws Exception {
        registry.close();
        UnicastRemoteObject.unexportObject(connector, true);
    }

    @Test
    void whatIsThereIsFound() throws Exception {
        assertArrayEquals(new String[] {"jmx"}, found.list());
        assertNotNull(found.lookup("jmx"));
    }

    @Test
    void nobodyElseChangesIt() throws Exception {
        Remote stub = UnicastRemoteObject.exportObject(impostor, 0);
        try {
            assertThrows(RemoteException.class, () -> found.rebind("jmx", stub));
            assertThrows(RemoteException.class, () -> found.bind("other", stub));
            assertThrows(RemoteException.class, () -> found.unbind("jmx"));
            assertArrayEquals(new String[] {"jmx"}, found.list());
        } finally {
            UnicastRemoteObject.unexportObject(impostor, true);
        }
    }
}
