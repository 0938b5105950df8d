package gatepost.itests.harness;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** The bytes of a socket as they are. */
final class SocketBytes implements ByteSource {

    private final Socket socket;
    private InputStream in;

    SocketBytes(Socket socket) {
        this.socket = socket;
    }

    @Override
    public int read(Deadline deadline) throws IOException {
        if (in == null) {
            in = new BufferedInputStream(socket.getInputStream());
        }
        socket.setSoTimeout(deadline.left());
        return in.read();
    }

    @Override
    public boolean binary() {
        return false;
    }

    @Override
    public int message() {
        return 0;
    }
}
