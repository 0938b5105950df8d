package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whether clients can be served, and what keeps them from it: each thing breaks, is told, and is mended. */
class HealthIT {

    private static final String BROKER = "gatepost.broker.cfg";

    @AutoClose
    private final Gatepost gatepost = Gatepost.unpack().start();

    private final Web web = new Web(gatepost);

    @Test
    void readyTellsWhatKeepsClientsOutAndLiveStaysTrue() throws IOException {
        awaitReady();

        gatepost.apply(BROKER, Map.of("plugins.required", "authentication,authorization,scales"));
        awaitUnready(".*the required plugin 'scales' is missing.*");
        gatepost.apply(BROKER, Map.of("plugins.required", "authentication,authorization"));
        awaitReady();

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gatepost.write("gatepost.connector-third.cfg", "uri = stomp://127.0.0.1:" + taken.getLocalPort() + "\n");
            awaitUnready(".*connector third is closed: .*cannot listen there.*");
        }
        awaitReady();
        gatepost.removeConnector("third");

        gatepost.apply(BROKER, Map.of("store.limit", "1048576"));
        try (StompClient system = Transport.TCP.client(gatepost)) {
            system.connect("system", "manager");
            String megabyte = "x".repeat(1 << 20);
            system.done(ClientFrame.send("/queue/full", megabyte));
        }
        awaitUnready(".*the store is full: it takes \\d+ of 1048576 bytes.*");
        gatepost.apply(BROKER, Map.of("store.limit", "10737418240"));
        awaitReady();

        String text = Files.readString(gatepost.etc(BROKER));
        Files.delete(gatepost.etc(BROKER));
        awaitUnready(".*the broker is not there.*");
        gatepost.write(BROKER, text);
        awaitReady();
    }

    private void awaitReady() {
        // the web server may open after the connectors, at the beginning
        Awaitility.await()
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(() -> {
                    HttpResponse<String> ready = web.get("/health/ready");
                    assertEquals("ok\n", ready.body());
                    assertEquals(200, ready.statusCode());
                });
    }

    private void awaitUnready(String expression) {
        Awaitility.await("not ready: " + expression)
                .until(
                        () -> web.get("/health/ready"),
                        ready -> ready.statusCode() == 503
                                && ready.body().lines().anyMatch(line -> line.matches(expression)));
        HttpResponse<String> live = web.get("/health/live");
        assertEquals("ok\n", live.body());
        assertEquals(200, live.statusCode());
    }
}
