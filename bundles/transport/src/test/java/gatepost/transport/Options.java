package gatepost.transport;

import gatepost.transport.connector.ConnectorOptions;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.cm.ConfigurationException;

/** Options as a connector's configuration gives them, for tests. */
public final class Options {

    private Options() {}

    /** @param changes key and value in turn */
    public static ConnectorOptions with(Object... changes) {
        Map<String, Object> values = new HashMap<>();
        values.put("connector", "test");
        values.put("path", "/stomp");
        values.put("origins", new String[0]);
        values.put("http.path", "/gatepost");
        values.put("http.query.token", false);
        values.put("http.body.max", 1000);
        values.put("http.idle", 1000);
        values.put("connections.max", 10);
        values.put("connections.anonymous.max", 10);
        values.put("connections.per.address", 0);
        values.put("proxies", new String[0]);
        values.put("connect.size.max", 500);
        values.put("subscriptions.max", 10);
        values.put("frame.size.max", 1000);
        values.put("headers.max", 10);
        values.put("header.length.max", 100);
        values.put("transactions.max", 3);
        values.put("transaction.size.max", 1000);
        values.put("subscriptions.per.user", 20);
        values.put("temporary.per.user", 20);
        values.put("transaction.size.per.user", 2000);
        values.put("unfinished.per.user", 100_000);
        values.put("rate.messages", 0);
        values.put("rate.bytes", 0);
        values.put("rate.user.messages", 0);
        values.put("rate.user.bytes", 0);
        values.put("rate.burst", 1);
        values.put("handshake.timeout", 1000);
        values.put("connect.timeout", 1000);
        values.put("write.timeout", 1000);
        values.put("outbound.max", 1000);
        values.put("prefetch.auto", 10);
        values.put("prefetch.client", 10);
        values.put("heartbeat.send", 1000);
        values.put("heartbeat.receive", 1000);
        values.put("tls.certificate", "");
        values.put("tls.key", "");
        values.put("tls.password", "");
        values.put("tls.protocols", new String[] {"TLSv1.3"});
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i].toString(), changes[i + 1]);
        }
        try {
            return ConnectorOptions.of(values);
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
