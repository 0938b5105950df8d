package gatepost.broker.queue;

import gatepost.broker.EmbeddedBroker;
import gatepost.contracts.Durability;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.ProducerId;
import org.apache.activemq.command.ProducerInfo;
import org.apache.activemq.state.ProducerState;
import org.apache.activemq.util.ByteSequence;
import org.apache.activemq.util.IdGenerator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sends on an operator's account, without asking the gate: whoever may give the command may read the users' secrets as well. */
@Component(service = Sender.class)
public final class Sender {

    private static final long STORE_SECONDS = 10;

    private final EmbeddedBroker broker;
    private final ProducerId producer = new ProducerId(new IdGenerator("ID:gatepost-shell").generateId() + ":1:1");
    private final AtomicLong last = new AtomicLong();

    @Activate
    public Sender(@Reference EmbeddedBroker broker) {
        this.broker = broker;
    }

    /**
     * Sends a message as a STOMP client would; returns when it is on the disk.
     *
     * @param headers of the application
     * @param expires milliseconds from now, 0 for never
     * @return the message's id
     */
    public String send(
            ActiveMQDestination destination, String body, Map<String, String> headers, boolean persistent, long expires)
            throws Exception {
        if (destination.isPattern() || destination.isComposite() || destination.isTemporary()) {
            throw new IllegalArgumentException(destination.getPhysicalName() + " is no single destination");
        }
        BrokerService running = broker.running().orElseThrow(() -> new IllegalStateException("the broker is stopped"));
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setMessageId(new MessageId(producer, last.incrementAndGet()));
        message.setProducerId(producer);
        message.setDestination(destination);
        message.setContent(new ByteSequence(body.getBytes(StandardCharsets.UTF_8)));
        message.setPersistent(persistent);
        message.setTimestamp(System.currentTimeMillis());
        message.setExpiration(expires == 0 ? 0 : message.getTimestamp() + expires);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            message.setProperty(header.getKey(), header.getValue());
        }
        message.setResponseRequired(true);
        message.onSend();
        message.beforeMarshall(null);
        running.getBroker().send(exchange(running), message);
        Optional<Durability> stored = Durability.of(message.getMessageId());
        if (stored.isPresent()) {
            stored.get().await(STORE_SECONDS, TimeUnit.SECONDS);
        }
        return message.getMessageId().toString();
    }

    private ProducerBrokerExchange exchange(BrokerService running) throws Exception {
        ConnectionContext context = running.getAdminConnectionContext().copy();
        context.setProducerFlowControl(false);
        ProducerBrokerExchange exchange = new ProducerBrokerExchange();
        exchange.setConnectionContext(context);
        exchange.setMutable(true);
        exchange.setProducerState(new ProducerState(new ProducerInfo(producer)));
        return exchange;
    }
}
