package gatepost.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Ports;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Page;
import gatepost.itests.harness.library.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The distribution and the talk's two clients as they stand, ports and all: in a network of their own, since ports are taken. */
class DefaultPortsIT {

    private static final int STOMP = 61612;
    private static final int WEB_SOCKET = 61614;

    @Test
    void theTalkWorksAsItStandsWithTheDistributionAsItIs() {
        try (OwnNetwork network = OwnNetwork.make();
                Gatepost gatepost = Gatepost.unpack()) {
            if (network.launcher().isEmpty()) {
                assertTrue(
                        Ports.isFree(STOMP) && Ports.isFree(WEB_SOCKET),
                        "port 61612 or 61614 is taken, perhaps by a Gatepost that runs here; stop it, or run this as root");
            }
            gatepost.configure("gatepost.connector-stomp.cfg", Map.of("uri", "stomp://0.0.0.0:" + STOMP));
            gatepost.configure("gatepost.connector-ws.cfg", Map.of("uri", "ws://0.0.0.0:" + WEB_SOCKET));
            List<String> command = new ArrayList<>(network.launcher());
            command.addAll(List.of("bin/karaf", "daemon"));
            try (Program running = Program.start(
                    gatepost.home(),
                    Map.of(
                            "HOME",
                            gatepost.home().getParent().toString(),
                            "JAVA_HOME",
                            System.getProperty("java.home")),
                    command)) {
                Awaitility.await("it listens")
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> gatepost.log().contains("connector stomp listens on stomp://0.0.0.0:" + STOMP)
                                && gatepost.log().contains("connector ws listens on ws://0.0.0.0:" + WEB_SOCKET));
                exchange(network.launcher());
                running.terminate();
            }
        }
    }

    private static void exchange(List<String> launcher) {
        try (Browser browser = Browser.start(launcher)) {
            browser.serve("/talk.js", Talk.script(WEB_SOCKET, "alice", "alice", "/queue/user.alice"));
            try (Page page = browser.open("/talk.html")) {
                page.until("client.connected");
                Talk.publish(launcher, STOMP, "/queue/user.alice");

                page.until("$('#messages p').length == 1");
                assertEquals(
                        "<p>Welcome</p>\n",
                        page.evaluate("$('#messages').html()").asText());
                page.assertSound();
            }
        }
    }
}
