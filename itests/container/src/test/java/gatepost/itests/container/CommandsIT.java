package gatepost.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

/** Gatepost's commands, and who may run which. */
public class CommandsIT extends ContainerTest {

    @Test
    public void statusNamesTheConnectorsAndTheLastChangesOfTheConfiguration() throws Exception {
        Connector stomp = Connector.shipped(configurations, "stomp");
        eventually().until(stomp::isOpen);

        String status = Shell.asAdmin(context).run("gatepost:status");

        assertTrue(status, status.contains("stomp://0.0.0.0:" + stomp.port()));
        assertTrue(
                status,
                status.contains("ws://0.0.0.0:"
                        + Connector.shipped(configurations, "ws").port()));
        assertTrue(status, status.contains("gatepost.broker"));
    }

    @Test
    public void aViewerMayLook() throws Exception {
        String status = Shell.asViewer(context).run("gatepost:status");

        assertTrue(status, status.contains("stomp"));
    }

    @Test
    public void aViewerMayChangeNothing() throws Exception {
        Shell viewer = Shell.asViewer(context);

        assertThrows(Exception.class, () -> viewer.run("feature:uninstall gatepost-broker"));
        assertThrows(Exception.class, () -> viewer.run("gatepost:session-close nobody"));
        assertThrows(Exception.class, () -> viewer.run("gatepost:no-such-command"));
    }

    /** What the shell's own scope leaves unnamed would hand out the administrator's password. */
    @Test
    public void aViewerMayReadNoFile() throws Exception {
        Shell viewer = Shell.asViewer(context);

        assertTrue(Shell.asAdmin(context).run("shell:cat etc/users.properties").contains("admingroup"));
        assertThrows(Exception.class, () -> viewer.run("shell:cat etc/users.properties"));
        assertThrows(Exception.class, () -> viewer.run("gatepost:acl-diff etc/users.properties"));
    }

    /** No scope is open to every shell user just because nobody wrote a file for it. */
    @Test
    public void aScopeWithoutAFileOfItsOwnIsForAdministrators() throws Exception {
        assertEquals("admin", System.getProperty("karaf.secured.command.compulsory.roles"));
        assertThrows(Exception.class, () -> Shell.asViewer(context).run("service:list"));
        Shell.asAdmin(context).run("service:list");
    }
}
