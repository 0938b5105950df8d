package gatepost.itests.harness;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.awaitility.Awaitility;

/**
 * The shell of a Gatepost on this machine, asked over SSH in the way {@code bin/client} asks it, but without a start of Java for each
 * command. For use by several threads.
 */
record KarafShell(int port, String user, String password) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final SshClient CLIENT = client();

    /**
     * @return what the commands printed, to either of their streams
     * @throws AssertionError with what they printed, when their exit status is not 0
     */
    String run(String commands) {
        try (ClientSession session = signedIn()) {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            try (ChannelExec channel = session.createExecChannel(commands + "\n")) {
                channel.setIn(new ByteArrayInputStream(new byte[0]));
                channel.setOut(printed);
                channel.setErr(printed);
                channel.open().verify(PATIENCE);
                Set<ClientChannelEvent> seen = channel.waitFor(Set.of(ClientChannelEvent.CLOSED), PATIENCE);
                String text = printed.toString(StandardCharsets.UTF_8);
                if (!seen.contains(ClientChannelEvent.CLOSED)) {
                    throw new AssertionError(commands + " did not end within " + PATIENCE + ": " + text);
                }
                Integer status = channel.getExitStatus();
                if (status != null && status != 0) {
                    throw new AssertionError(commands + " ended with status " + status + ": " + text);
                }
                return text;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It may not listen yet, for it starts beside the connectors, or start anew because its configuration has changed. */
    private ClientSession signedIn() {
        return Awaitility.await("the shell listens on port " + port)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(this::trySignIn, found -> true);
    }

    private ClientSession trySignIn() throws IOException {
        ClientSession session =
                CLIENT.connect(user, "localhost", port).verify(PATIENCE).getSession();
        try {
            session.addPasswordIdentity(password);
            session.auth().verify(PATIENCE);
            return session;
        } catch (IOException e) {
            session.close(true);
            throw e;
        }
    }

    private static SshClient client() {
        SshClient client = SshClient.setUpDefaultClient();
        // nothing of whoever runs the tests
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        // it is on this machine
        client.setServerKeyVerifier((session, address, key) -> true);
        client.start();
        return client;
    }
}
