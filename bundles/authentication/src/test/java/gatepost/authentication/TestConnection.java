package gatepost.authentication;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.broker.Connection;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConnectionError;
import org.apache.activemq.command.ConnectionId;

/** A connection that remembers what it was told to send. */
public final class TestConnection {

    private final List<Object> sent = new CopyOnWriteArrayList<>();
    public final ConnectionContext context = new ConnectionContext();

    public TestConnection(String remoteAddress) {
        this(remoteAddress, () -> {});
    }

    public TestConnection(String remoteAddress, Runnable onSend) {
        Connection connection = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddress" -> remoteAddress;
                    case "dispatchSync" -> {
                        onSend.run();
                        sent.add(arguments[0]);
                        yield null;
                    }
                    default -> null;
                });
        context.setConnection(connection);
        context.setConnectionId(new ConnectionId("ID:test"));
    }

    /** What the client was told when it was cut; empty when it was not. */
    public List<String> errors() {
        return sent.stream()
                .map(command -> ((ConnectionError) command).getException().getMessage())
                .toList();
    }
}
