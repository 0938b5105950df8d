package gatepost.broker.connector;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The keys of the factory PID {@code gatepost.connector}. Only a change of {@code uri} opens the socket anew; everything else
 * takes effect on the running connector, for connections that come from then on.
 */
@ObjectClassDefinition(id = Connector.PID, name = "Gatepost connector")
public @interface ConnectorDefinition {

    @AttributeDefinition(
            name = "URI",
            description = "stomp, stomp+ssl, ws or wss, an address and a port: stomp://0.0.0.0:61612")
    String uri();

    @AttributeDefinition(name = "Path", description = "Of the WebSocket endpoint.")
    String path() default "/stomp";

    @AttributeDefinition(
            name = "Origins",
            description = "Origins besides the same host whose pages may connect, such as "
                    + "https://app.example.com; * for any.")
    String[] origins() default {};

    @AttributeDefinition(
            name = "Path of HTTP calls",
            description = "All that is called over HTTP is below it; empty: nothing can be.")
    String http_path() default "/gatepost";

    @AttributeDefinition(
            name = "Token in the query",
            description = "Whether a page may bring its token as access_token in the "
                    + "address, where proxies write it into their logs; for pages that can do nothing else.")
    boolean http_query_token() default false;

    @AttributeDefinition(name = "Size of a call", description = "Bytes of the body of an HTTP call.")
    int http_body_max() default 8 << 20;

    @AttributeDefinition(
            name = "Idle time of HTTP",
            description = "Milliseconds for which a connection may be silent between two "
                    + "calls, or in the middle of one.")
    int http_idle() default 60_000;

    @AttributeDefinition(name = "Connections", description = "At most so many at a time.")
    int connections_max() default 20_000;

    @AttributeDefinition(
            name = "Connections that have not signed in",
            description =
                    "At most so many at a time. Above it whoever "
                            + "comes takes the place of the one that has waited longest, or is refused while all came a moment ago.")
    int connections_anonymous_max() default 5_000;

    @AttributeDefinition(
            name = "Connections of one address",
            description = "At most so many at a time that have not signed in; an "
                    + "IPv6 address is its /64. Loopback and proxies have no limit; 0: nobody has one.")
    int connections_per_address() default 250;

    @AttributeDefinition(
            name = "Proxies",
            description = "Addresses, and networks such as 10.0.0.0/8, through which many clients " + "come.")
    String[] proxies() default {};

    @AttributeDefinition(
            name = "Size before CONNECTED",
            description = "Bytes of STOMP that a client may send before it is signed "
                    + "in: token.size.max of gatepost.authentication and 8 KiB.")
    int connect_size_max() default 16_384;

    @AttributeDefinition(name = "Subscriptions", description = "At most so many of one connection.")
    int subscriptions_max() default 100;

    @AttributeDefinition(
            name = "Subscriptions of one user",
            description = "At most so many of all their connections, over all " + "connectors.")
    int subscriptions_per_user() default 5_000;

    @AttributeDefinition(
            name = "Temporary destinations of one user",
            description = "At most so many of all their connections, over " + "all connectors.")
    int temporary_per_user() default 2_000;

    @AttributeDefinition(name = "Frame size", description = "Bytes of a whole frame: command, headers and body.")
    int frame_size_max() default 4 << 20;

    @AttributeDefinition(name = "Headers", description = "At most so many in a frame.")
    int headers_max() default 100;

    @AttributeDefinition(name = "Header length", description = "Bytes of one header line.")
    int header_length_max() default 8192;

    @AttributeDefinition(name = "Transactions", description = "Open ones of one connection.")
    int transactions_max() default 100;

    @AttributeDefinition(
            name = "Transaction size",
            description = "Bytes of all messages sent in a connection's open " + "transactions, and of their names.")
    int transaction_size_max() default 16 << 20;

    @AttributeDefinition(
            name = "Transaction size of one user",
            description = "The same of all their connections, over all " + "connectors.")
    int transaction_size_per_user() default 64 << 20;

    @AttributeDefinition(
            name = "Unfinished frames of one user",
            description =
                    "Bytes of frames that have not come whole, or are not "
                            + "read on yet, of all their connections, over all connectors. Accounts in trusted.groups may have any number.")
    int unfinished_per_user() default 64 << 20;

    @AttributeDefinition(
            name = "Frames a second",
            description = "That a connection may send, but for ACK and NACK; above it is read "
                    + "more slowly. Accounts in trusted.groups may send as they like; 0: everybody may.")
    int rate_messages() default 500;

    @AttributeDefinition(name = "Bytes a second", description = "That a connection may send; 0: no limit.")
    int rate_bytes() default 8 << 20;

    @AttributeDefinition(
            name = "Frames a second of one user",
            description = "All their connections together, over all connectors; " + "0: no limit.")
    int rate_user_messages() default 1_000;

    @AttributeDefinition(
            name = "Bytes a second of one user",
            description = "All their connections together, over all connectors; " + "0: no limit.")
    int rate_user_bytes() default 16 << 20;

    @AttributeDefinition(name = "Burst", description = "Seconds whose worth of frames and bytes may come at once.")
    int rate_burst() default 10;

    @AttributeDefinition(
            name = "Time to handshake",
            description = "Milliseconds for TLS and for the WebSocket handshake.")
    int handshake_timeout() default 10_000;

    @AttributeDefinition(
            name = "Time to CONNECT",
            description = "Milliseconds from the handshake to the CONNECT frame.")
    int connect_timeout() default 10_000;

    @AttributeDefinition(
            name = "Time to write",
            description = "Milliseconds after which a client that reads nothing of what " + "waits for it is closed.")
    int write_timeout() default 60_000;

    @AttributeDefinition(
            name = "Waiting bytes",
            description = "Bytes of messages that may wait to be written to one connection; "
                    + "above it nothing more is dispatched to it.")
    int outbound_max() default 1 << 20;

    @AttributeDefinition(
            name = "Window with ack auto",
            description = "Messages on their way to a subscription that " + "acknowledges automatically.")
    int prefetch_auto() default 100;

    @AttributeDefinition(
            name = "Window with ack client",
            description = "Messages that a subscription may leave " + "unacknowledged when it acknowledges itself.")
    int prefetch_client() default 1000;

    @AttributeDefinition(
            name = "Heart-beat to the client",
            description = "Shortest interval that is offered, milliseconds; " + "0: none.")
    int heartbeat_send() default 5_000;

    @AttributeDefinition(
            name = "Heart-beat from the client",
            description = "Shortest interval that is asked for, milliseconds; " + "0: none.")
    int heartbeat_receive() default 10_000;

    @AttributeDefinition(
            name = "Certificate",
            description = "PEM file with the certificate chain, or a PKCS#12 file (.p12, .pfx).")
    String tls_certificate() default "";

    @AttributeDefinition(
            name = "Private key",
            description = "PEM file with the private key (PKCS#8); unused with PKCS#12.")
    String tls_key() default "";

    @AttributeDefinition(
            name = "Password of the key",
            description = "Of the private key or the PKCS#12 file; "
                    + "env:NAME takes it from the environment, file:PATH from a file.")
    String tls_password() default "";

    @AttributeDefinition(name = "TLS versions", description = "Those that are spoken.")
    String[] tls_protocols() default {"TLSv1.3", "TLSv1.2"};
}
