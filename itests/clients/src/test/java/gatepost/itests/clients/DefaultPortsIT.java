package gatepost.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Ports;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.OwnNetwork;
import gatepost.itests.harness.library.Page;
import gatepost.itests.harness.library.Talk;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The distribution and the talk's two clients as they stand, ports and all: in a network of their own, since ports are taken. */
class DefaultPortsIT {

    private static final int STOMP = 61612;
    private static final int WEB_SOCKET = 61614;

    @Test
    void theTalkWorksAsItStandsWithTheDistributionAsItIs() {
        try (OwnNetwork network = OwnNetwork.make();
                Gatepost gatepost = Gatepost.asItShips().launcher(network.launcher())) {
            if (network.launcher().isEmpty()) {
                assertTrue(
                        Ports.isFree(STOMP) && Ports.isFree(WEB_SOCKET),
                        "port 61612 or 61614 is taken, perhaps by a Gatepost that runs here; stop it, or run this as root");
            }
            gatepost.configure("gatepost.welcome.cfg", Map.of("enabled", "false"));
            gatepost.start();
            assertTrue(gatepost.log().contains("connector stomp listens on stomp://0.0.0.0:" + STOMP));
            assertTrue(gatepost.log().contains("connector ws listens on ws://0.0.0.0:" + WEB_SOCKET));
            exchange(network.launcher());
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
