package gatepost.transport.warmup;

import gatepost.transport.session.StompTransport;
import org.apache.activemq.command.Command;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.command.Response;
import org.apache.activemq.transport.DefaultTransportListener;
import org.apache.activemq.transport.Transport;
import org.apache.activemq.transport.TransportAcceptListener;

/** Takes the place of the broker at one connection: agrees to everything, and hands back each message to the client who sent it. */
final class EchoBroker extends DefaultTransportListener {

    private final StompTransport transport;
    private ConsumerId consumer;

    private EchoBroker(StompTransport transport) {
        this.transport = transport;
    }

    @Override
    public void onCommand(Object received) {
        Command command = (Command) received;
        if (command instanceof ConsumerInfo info) {
            consumer = info.getConsumerId();
        } else if (command instanceof Message message) {
            MessageDispatch dispatch = new MessageDispatch();
            dispatch.setConsumerId(consumer);
            dispatch.setDestination(message.getDestination());
            dispatch.setMessage(message);
            transport.oneway(dispatch);
        }
        if (command.isResponseRequired()) {
            transport.oneway(new Response());
        }
    }

    /** Gives each connection one of its own. */
    static final class Acceptor implements TransportAcceptListener {

        @Override
        public void onAccept(Transport transport) {
            transport.setTransportListener(new EchoBroker((StompTransport) transport));
            try {
                transport.start();
            } catch (Exception e) {
                // whatever it is, the connection's handler logs it and closes the connection
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void onAcceptError(Exception error) {
            throw new IllegalStateException(error);
        }
    }
}
