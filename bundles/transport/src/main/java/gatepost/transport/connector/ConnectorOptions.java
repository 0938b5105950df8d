package gatepost.transport.connector;

import gatepost.contracts.Networks;
import gatepost.transport.connector.Rates.Rate;
import gatepost.transport.frame.FrameLimits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.cm.ConfigurationException;

/**
 * What one connector, whose name comes first, allows its clients, as its configuration says (PID {@code gatepost.connector}); a connection keeps those
 * that were in force when it came. Times in milliseconds, sizes in bytes, 0 for no limit where that is possible.
 */
public record ConnectorOptions(
        String connector,
        String path,
        Set<String> origins,
        HttpOptions http,
        Admittance admittance,
        int connectSize,
        int subscriptions,
        FrameLimits frame,
        TransactionLimits transactions,
        UserLimits user,
        Rates rates,
        int handshakeTimeout,
        int connectTimeout,
        int writeTimeout,
        int outboundBytes,
        int prefetchAuto,
        int prefetchClient,
        int heartbeatSend,
        int heartbeatReceive,
        String certificate,
        String key,
        String password,
        List<String> protocols) {

    /**
     * @param values every key of the definition, each value of its type
     * @throws ConfigurationException naming the key whose value cannot be used
     */
    public static ConnectorOptions of(Map<String, ?> values) throws ConfigurationException {
        return new ConnectorOptions(
                text(values, "connector"),
                text(values, "path"),
                Set.of(texts(values, "origins")),
                new HttpOptions(
                        text(values, "http.path"),
                        (Boolean) values.get("http.query.token"),
                        number(values, "http.body.max"),
                        number(values, "http.idle")),
                new Admittance(
                        number(values, "connections.max"),
                        number(values, "connections.anonymous.max"),
                        number(values, "connections.per.address"),
                        proxies(values)),
                number(values, "connect.size.max"),
                number(values, "subscriptions.max"),
                new FrameLimits(
                        number(values, "frame.size.max"),
                        number(values, "headers.max"),
                        number(values, "header.length.max")),
                new TransactionLimits(number(values, "transactions.max"), number(values, "transaction.size.max")),
                new UserLimits(
                        number(values, "subscriptions.per.user"),
                        number(values, "temporary.per.user"),
                        number(values, "transaction.size.per.user"),
                        number(values, "unfinished.per.user")),
                new Rates(
                        new Rate(number(values, "rate.messages"), number(values, "rate.bytes")),
                        new Rate(number(values, "rate.user.messages"), number(values, "rate.user.bytes")),
                        number(values, "rate.burst")),
                number(values, "handshake.timeout"),
                number(values, "connect.timeout"),
                number(values, "write.timeout"),
                number(values, "outbound.max"),
                number(values, "prefetch.auto"),
                number(values, "prefetch.client"),
                number(values, "heartbeat.send"),
                number(values, "heartbeat.receive"),
                text(values, "tls.certificate"),
                text(values, "tls.key"),
                text(values, "tls.password"),
                List.of(texts(values, "tls.protocols")));
    }

    private static Networks proxies(Map<String, ?> values) throws ConfigurationException {
        try {
            return Networks.of(texts(values, "proxies"));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("proxies", e.getMessage(), e);
        }
    }

    private static String text(Map<String, ?> values, String key) {
        return (String) values.get(key);
    }

    private static String[] texts(Map<String, ?> values, String key) {
        return (String[]) values.get(key);
    }

    private static int number(Map<String, ?> values, String key) {
        return (Integer) values.get(key);
    }
}
