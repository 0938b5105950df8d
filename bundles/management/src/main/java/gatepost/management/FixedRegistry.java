package gatepost.management;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.NoSuchObjectException;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIServerSocketFactory;
import java.rmi.server.UnicastRemoteObject;

/**
 * An RMI registry in which others can look things up and change nothing. Java's own lets through whoever comes from an address of
 * this machine; here nobody's address is known, and changes by somebody unknown are refused.
 */
final class FixedRegistry implements AutoCloseable {

    private final Registry registry;
    private final Sockets sockets;

    /** @throws RemoteException when it cannot listen there */
    FixedRegistry(InetAddress address, int port) throws RemoteException {
        sockets = new Sockets(address);
        registry = LocateRegistry.createRegistry(port, null, sockets);
    }

    /** @param remote is what others find under the name from now on */
    void put(String name, Remote remote) throws RemoteException {
        registry.rebind(name, remote);
    }

    @Override
    public void close() throws NoSuchObjectException {
        UnicastRemoteObject.unexportObject(registry, true);
        sockets.close();
    }

    /** Listens on one address only. */
    private static final class Sockets implements RMIServerSocketFactory {

        private static final int BACKLOG = 50;

        private final InetAddress address;
        private volatile ServerSocket socket;

        Sockets(InetAddress address) {
            this.address = address;
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            socket = new ServerSocket(port, BACKLOG, address) {
                @Override
                public Socket accept() throws IOException {
                    Socket accepted = new Nameless();
                    implAccept(accepted);
                    return accepted;
                }
            };
            return socket;
        }

        /** RMI goes on listening on the port of what is not exported any more. */
        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The socket of a client whose address nobody learns. */
    private static final class Nameless extends Socket {

        @Override
        public InetAddress getInetAddress() {
            return null;
        }
    }
}
