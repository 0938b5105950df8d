package gatepost.ssh;

import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.ssh.Activator;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.CommandFactory;

/**
 * Karaf's SSH server, which gives out files under the key {@code sftpEnabled} only. Here that is never so, whatever the configuration
 * says: what would do it is not there, and asking for it would end the shell.
 *
 * <p>Leans on Karaf's {@code createSshServer}, which asks {@code getBoolean} for the key each time it makes a server. What is run without
 * a terminal prints no orders for one.
 */
public final class ShellActivator extends Activator {

    private static final String FILES = "sftpEnabled";

    @Override
    protected SshServer createSshServer(SessionFactory sessions) {
        SshServer server = super.createSshServer(sessions);
        CommandFactory commands = server.getCommandFactory();
        server.setCommandFactory((channel, line) -> new BareCommand(commands.createCommand(channel, line)));
        return server;
    }

    /** As Karaf's, but that the answer for files is no; who configured them hears of it in the log. */
    @Override
    protected boolean getBoolean(String key, boolean otherwise) {
        if (!key.equals(FILES)) {
            return super.getBoolean(key, otherwise);
        }
        if (super.getBoolean(key, false)) {
            logger.warn(
                    "{} = true in etc/org.apache.karaf.shell.cfg is not followed: SSH has the shell here, no SFTP and no SCP",
                    key);
        }
        return false;
    }
}
