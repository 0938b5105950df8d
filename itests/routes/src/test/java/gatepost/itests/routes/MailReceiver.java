package gatepost.itests.routes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes mails over SMTP (RFC 5321), one after the other, and keeps what was said, a text for each mail. */
final class MailReceiver implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "mail-receiver");

    MailReceiver() throws IOException {
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> mails() {
        return mails;
    }

    private void run() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                talk(socket);
            } catch (SocketException e) {
                // closed, by either side
            } catch (IOException e) {
                mails.add("the receiver failed: " + e);
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        StringBuilder said = new StringBuilder();
        answer(socket, "220 test");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            said.append(line).append('\n');
            if (line.equals("DATA")) {
                answer(socket, "354 go on");
                for (String text = in.readLine(); text != null && !text.equals("."); text = in.readLine()) {
                    said.append(text).append('\n');
                }
                mails.add(said.toString());
            }
            answer(socket, line.equals("QUIT") ? "221 bye" : "250 ok");
        }
    }

    private static void answer(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws Exception {
        server.close();
        thread.join();
    }
}
