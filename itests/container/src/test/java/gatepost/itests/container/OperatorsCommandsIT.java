package gatepost.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Dictionary;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Each command for seeing and steering, as the shell runs and completes it, and who may run it. */
public class OperatorsCommandsIT extends ContainerTest {

    private static final String QUEUE = "operators.test";

    private Shell admin;
    private Shell viewer;

    @Before
    public void fillAQueue() throws Exception {
        admin = Shell.asAdmin(context);
        viewer = Shell.asViewer(context);
        Connector stomp = Connector.shipped(configurations, "stomp");
        eventually().until(stomp::isOpen);
        admin.run("gatepost:message-send --header colour:blue " + QUEUE + " one");
        admin.run("gatepost:message-send --header colour:red " + QUEUE + " two");
    }

    @After
    public void emptyIt() throws Exception {
        admin.run("gatepost:queue-purge " + QUEUE);
    }

    @Test
    public void lookingIsForEveryOperator() throws Exception {
        assertTrue(viewer.run("gatepost:status --json").contains("\"broker\" : \"open\""));
        assertTrue(viewer.run("gatepost:connector-list").contains("stomp://"));
        assertTrue(viewer.run("gatepost:queue-list " + QUEUE).contains(QUEUE));
        assertTrue(viewer.run("gatepost:message-trace nobody").contains("Nothing is known of messages for nobody"));
        viewer.run("gatepost:session-list --json");
    }

    @Test
    public void changingAndReadingUsersMessagesIsForAdministrators() throws Exception {
        assertTrue(admin.run("gatepost:queue-browse " + QUEUE).contains("colour:blue"));
        for (String command :
                List.of("queue-browse " + QUEUE, "queue-purge " + QUEUE, "message-send " + QUEUE + " three")) {
            assertThrows(command, Exception.class, () -> viewer.run("gatepost:" + command));
        }
        assertTrue(
                admin.run("gatepost:queue-list --no-format " + QUEUE).matches(QUEUE + "\\s+2\\s+0\\s+0\\s+\\d+s\\s+"));
    }

    @Test
    public void queuePurgeDropsEverythingOfOneQueue() throws Exception {
        admin.run("gatepost:message-send " + QUEUE + ".other kept");
        try {
            assertEquals("2 messages are dropped\n", admin.run("gatepost:queue-purge " + QUEUE));
            assertTrue(admin.run("gatepost:queue-browse " + QUEUE + ".other").contains("kept"));
        } finally {
            admin.run("gatepost:queue-purge " + QUEUE + ".other");
        }
    }

    @Test
    public void sessionListShowsWhatTheTransportKnows() throws Exception {
        try (StompSession alice =
                StompSession.open(Connector.shipped(configurations, "stomp").port(), "alice", "alice")) {
            String session = admin.run("gatepost:session-list --json --user alice");
            assertTrue(session, session.contains("\"connector\" : \"stomp\""));
            assertTrue(session, session.contains("\"unacknowledged\" : 0"));
            assertTrue(session, session.contains("\"heart-beats\" : \"0,0\""));
        }
    }

    @Test
    public void everyNameIsCompleted() throws Exception {
        assertEquals(List.of(QUEUE), admin.complete("queue-list", "operators.te"));
        assertEquals(List.of(QUEUE), admin.complete("queue-browse", "operators.te"));
        assertEquals(List.of(QUEUE), admin.complete("queue-purge", "operators.te"));
        assertEquals(List.of(QUEUE), admin.complete("message-send", "operators.te"));
        admin.run("gatepost:message-send user.completed x");
        try (StompSession alice =
                StompSession.open(Connector.shipped(configurations, "stomp").port(), "alice", "alice")) {
            assertEquals(List.of("completed"), admin.complete("message-trace", "compl"));
            assertEquals(List.of("alice"), admin.complete("session-list", "--user ali"));
        } finally {
            admin.run("gatepost:queue-purge user.completed");
        }
    }

    @Test
    public void whatCannotBeDoneIsAnErrorThatSaysWhy() {
        assertError("gatepost:queue-purge no.such.queue", "there is no queue no.such.queue");
        assertError("gatepost:queue-browse no.such.queue", "there is no queue no.such.queue");
        assertError("gatepost:queue-list --limit 0", "--limit 0: expected 1 or more");
        assertError("gatepost:queue-browse --limit 0 " + QUEUE, "--limit 0: expected 1 or more");
        assertError("gatepost:message-trace --limit 0 alice", "--limit 0: expected 1 or more");
        assertError("gatepost:session-list --limit 0", "--limit 0: expected 1 or more");
        assertError("gatepost:message-send 'a,b' x", "a,b is no single destination");
        assertError("gatepost:message-send 'user.*' x", "user.* is no single destination");
        assertError("gatepost:message-send topic://a/b x", "the destination topic://a/b: expected");
        assertError("gatepost:message-send --header colour a x", "--header colour: expected NAME:VALUE");
        assertError("gatepost:message-send --expires -1 a x", "--expires -1: expected milliseconds");
    }

    /** A command that nobody thought of when the file was written would be an administrator's alone, or worse. */
    @Test
    public void everyCommandIsNamedInTheFileThatSaysWhoMayRunIt() throws Exception {
        Dictionary<String, Object> roles = configurations
                .getConfiguration("org.apache.karaf.command.acl.gatepost", null)
                .getProperties();
        for (String command : admin.commands("gatepost")) {
            assertTrue(
                    command + " is missing in etc/org.apache.karaf.command.acl.gatepost.cfg",
                    roles.get(command) != null);
        }
    }

    /** The same numbers as at /metrics, for those who have JMX already. */
    @Test
    public void everythingThatIsCountedIsInJmx() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName metrics = new ObjectName("gatepost:type=Metrics");
        eventually()
                .until(() ->
                        server.getAttribute(metrics, "gatepost_broker_open").equals(1.0));
        assertEquals(1.0, server.getAttribute(metrics, "gatepost_connector_open.ws"));
        assertTrue((double) server.getAttribute(metrics, "gatepost_messages_received_total") > 0);
        assertTrue((double) server.getAttribute(metrics, "jvm_memory_used_bytes.heap") > 0);
    }

    private void assertError(String command, String reason) {
        Exception error = assertThrows(command, Exception.class, () -> admin.run(command));
        assertTrue(error.getMessage(), error.getMessage().contains(reason));
    }
}
