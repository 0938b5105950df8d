package gatepost.broker.connector;

import java.io.IOException;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.Connection;
import org.apache.activemq.broker.TransportConnection;
import org.apache.activemq.broker.TransportConnector;
import org.apache.activemq.transport.Transport;
import org.apache.activemq.transport.TransportServer;

/**
 * ActiveMQ's connector, except that it leaves closing a connection which was refused to the transport, which does so as soon as
 * the client has read its ERROR frame. ActiveMQ would park a thread for two seconds for each, so that whoever guesses
 * passwords quickly would take thousands of threads.
 *
 * <p>Messages go out on the thread that dispatches them: our transports only queue them there and never block.
 */
final class PromptConnector extends TransportConnector {

    PromptConnector(TransportServer server) {
        super(server);
        setDisableAsyncDispatch(true);
    }

    @Override
    protected Connection createConnection(Transport transport) throws IOException {
        TransportConnection connection =
                new TransportConnection(
                        this, transport, broker(), null, getBrokerService().getTaskRunnerFactory()) {
                    @Override
                    public void delayedStop(int waitTime, String reason, Throwable cause) {
                        // the transport ends the session once it has the refusal
                    }
                };
        connection.getStatistics().setEnabled(getStatistics().isEnabled());
        connection.setMessageAuthorizationPolicy(getMessageAuthorizationPolicy());
        return connection;
    }

    private Broker broker() throws IOException {
        try {
            return getBrokerService().getBroker();
        } catch (Exception e) {
            throw new IOException("the broker is not there", e);
        }
    }
}
