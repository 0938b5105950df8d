package gatepost.itests.console;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Somebody else has the console's port when Gatepost starts. */
class TakenPortIT {

    @Test
    void theConsoleOpensOnceItsPortIsFree() throws Exception {
        try (Gatepost gatepost = Gatepost.unpack()) {
            int port = gatepost.httpPort();
            try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                gatepost.start();
                String status = gatepost.awaitStatus(
                        "org\\.apache\\.felix\\.http\\.cfg.*cannot listen on 127\\.0\\.0\\.1:" + port);
                assertTrue(other.isBound(), status);
            }
            Web web = new Web(port);
            Awaitility.await("the console answers")
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> web.get("/").statusCode() == 200);
            gatepost.awaitStatus(
                    "org\\.apache\\.felix\\.http\\b.*taken: the web server listens on 127\\.0\\.0\\.1:" + port);
        }
    }
}
