package gatepost.camel;

import gatepost.client.DestinationName;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultAsyncProducer;

/** Sends a message and goes on when its RECEIPT has come. */
final class GatepostProducer extends DefaultAsyncProducer {

    private final GatepostEndpoint endpoint;

    GatepostProducer(GatepostEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Map<String, String> headers;
        byte[] body;
        try {
            body = body(exchange.getIn());
            headers = headers(exchange, body);
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        endpoint.connection()
                .send(
                        headers,
                        body,
                        endpoint.patience(),
                        failure -> endpoint.getComponent().proceed(() -> {
                            if (failure != null) {
                                exchange.setException(failure);
                            }
                            callback.done(false);
                        }));
        return false;
    }

    private Map<String, String> headers(Exchange exchange, byte[] body) {
        Message message = exchange.getIn();
        String named = message.getHeader(GatepostHeaders.DESTINATION, String.class);
        String destination = named == null ? endpoint.getDestination() : DestinationName.stomp(named);
        Map<String, String> headers = new HashMap<>();
        headers.put("destination", destination);
        HeaderFilterStrategy filter = endpoint.getComponent().getHeaderFilterStrategy();
        message.getHeaders().forEach((name, value) -> {
            if (isText(value) && !filter.applyFilterToCamelHeaders(name, value, exchange)) {
                headers.put(
                        name.equalsIgnoreCase(Exchange.CONTENT_TYPE) ? "content-type" : name,
                        value instanceof Date date ? date.toInstant().toString() : value.toString());
            }
        });
        headers.putAll(SaidToInbox.by(message, endpoint.getComponent().isInbox(destination)));
        String id = message.getHeader(GatepostHeaders.MESSAGE_ID, String.class);
        headers.put(GatepostHeaders.WIRE_MESSAGE_ID, id == null ? newId(exchange, destination, body) : id);
        return headers;
    }

    private static String newId(Exchange exchange, String destination, byte[] body) {
        MessageOrigin origin = exchange.getProperty(MessageOrigin.PROPERTY, MessageOrigin.class);
        return origin == null ? UUID.randomUUID().toString() : origin.id(destination, body);
    }

    private static boolean isText(Object value) {
        return value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Date;
    }

    private static byte[] body(Message message) throws Exception {
        return message.getBody() == null ? new byte[0] : message.getMandatoryBody(byte[].class);
    }
}
