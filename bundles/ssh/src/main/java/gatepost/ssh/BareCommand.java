package gatepost.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * A command line that is run over SSH. Where the client asked for no terminal (RFC 4254, section 6.2), as {@code bin/client -b} and a
 * script do not, what it prints has no orders for one.
 */
final class BareCommand implements Command {

    private final Command command;
    private OutputStream out;
    private OutputStream err;

    BareCommand(Command command) {
        this.command = command;
    }

    @Override
    public void setInputStream(InputStream in) {
        command.setInputStream(in);
    }

    @Override
    public void setOutputStream(OutputStream to) {
        out = to;
    }

    @Override
    public void setErrorStream(OutputStream to) {
        err = to;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        command.setExitCallback(callback);
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        boolean terminal = environment.getEnv().containsKey(Environment.ENV_COLUMNS);
        command.setOutputStream(terminal ? out : new BareOutput(out));
        command.setErrorStream(terminal ? err : new BareOutput(err));
        command.start(channel, environment);
    }

    @Override
    public void destroy(ChannelSession channel) throws Exception {
        command.destroy(channel);
    }
}
