package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.StompWebSocket;
import gatepost.itests.harness.Transport;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames that are begun and not ended, by somebody who has signed in: a few hundred took all memory of the buffers. */
@ExtendWith(Suite.class)
class UnfinishedFramesIT {

    private static final int CONNECTIONS = 40;
    private static final int LIMIT = 64 << 20;
    private static final byte[] BODY = "x".repeat(4_000_000).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "x\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEADERS =
            ("SEND\ndestination:/queue/app.inbox\npersistent:false\nexpires:1\nreceipt:r\ncontent-length:"
                            + (BODY.length + END.length - 1) + "\n\n")
                    .getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @EnumSource
    void aUserHasSoManyBytesOfThemInAll(Transport transport) {
        String user = Suite.attacker();
        List<StompClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                StompClient client = transport.client(Suite.gatepost());
                clients.add(client);
                client.connect(user, user);
                begin(client);
            }
            int served = 0;
            for (StompClient client : clients) {
                served += isServed(client) ? 1 : 0;
            }
            int most = LIMIT / BODY.length;
            String what = "of " + CONNECTIONS + " frames " + served + " were taken, and " + most + " may be unfinished";
            // one that is ended makes room for what had not been read yet
            assertTrue(served > most / 2 && served <= CONNECTIONS / 2, what);
        } finally {
            clients.forEach(StompClient::close);
        }
    }

    private static void begin(StompClient client) {
        if (client instanceof StompWebSocket) {
            // one text message, whose mask of zeros changes nothing
            write(
                    client,
                    ByteBuffer.allocate(14)
                            .put((byte) 0x81)
                            .put((byte) 0xff)
                            .putLong(HEADERS.length + BODY.length + END.length)
                            .array());
        }
        write(client, HEADERS);
        write(client, BODY);
    }

    /** Ends the frame. */
    private static boolean isServed(StompClient client) {
        write(client, END);
        try {
            return client.frame().command().equals("RECEIPT");
        } catch (AssertionError e) {
            // who still sends when the connection is closed may not hear why
            return false;
        }
    }

    private static void write(StompClient client, byte[] bytes) {
        try {
            if (client instanceof StompWebSocket webSocket) {
                webSocket.raw(bytes);
            } else {
                client.send(bytes);
            }
        } catch (UncheckedIOException e) {
            // it is closed
        }
    }
}
