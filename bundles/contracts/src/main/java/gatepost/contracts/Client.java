package gatepost.contracts;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.command.ConnectionInfo;

/**
 * What is known of a client besides what its CONNECT frame says. The transport makes one for each connection and hands it over as
 * {@link ConnectionInfo#getTransportContext}; authentication says in it who signed in. Safe for use by several threads.
 */
public final class Client {

    private final Optional<Page> page;
    private final List<X509Certificate> certificates;
    private final boolean caller;
    private volatile Account account;

    /**
     * @param page the handshake of a WebSocket; nothing over TCP
     * @param certificates that the client proved in the TLS handshake, its own first; may be empty
     */
    public Client(Optional<Page> page, List<X509Certificate> certificates) {
        this(page, certificates, false);
    }

    private Client(Optional<Page> page, List<X509Certificate> certificates, boolean caller) {
        this.page = page;
        this.certificates = List.copyOf(certificates);
        this.caller = caller;
    }

    /** @return one that makes calls over HTTP and hears nothing but their answers; the parameters are the constructor's */
    public static Client caller(Optional<Page> page, List<X509Certificate> certificates) {
        return new Client(page, certificates, true);
    }

    /** @return what the transport knows of the client, or nothing for a connection that is not of Gatepost's transport */
    public static Optional<Client> of(ConnectionInfo info) {
        return info.getTransportContext() instanceof Client client ? Optional.of(client) : Optional.empty();
    }

    public Optional<Page> page() {
        return page;
    }

    public List<X509Certificate> certificates() {
        return certificates;
    }

    /**
     * Whether nothing can come to it that it does not call for. Its user is not on line for that: a connection stays for a while after the
     * last call, and an application may call in a user's name while that user is away.
     */
    public boolean isCaller() {
        return caller;
    }

    /** The client is let in. */
    public void signedIn(Account who) {
        account = who;
    }

    /** @return who it is; nothing before it has signed in */
    public Optional<Account> account() {
        return Optional.ofNullable(account);
    }
}
