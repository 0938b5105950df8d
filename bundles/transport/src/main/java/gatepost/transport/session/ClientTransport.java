package gatepost.transport.session;

import gatepost.contracts.Client;
import java.security.cert.X509Certificate;
import org.apache.activemq.transport.TransportSupport;
import org.apache.activemq.wireformat.WireFormat;

/** What ActiveMQ asks of a client's connection, whatever is spoken over it. Any thread. */
abstract class ClientTransport extends TransportSupport {

    final String remoteAddress;
    final Client client;

    /**
     * @param remoteAddress of the client, as a URI
     * @param client what else is known of it
     */
    ClientTransport(String remoteAddress, Client client) {
        this.remoteAddress = remoteAddress;
        this.client = client;
    }

    @Override
    public String getRemoteAddress() {
        return remoteAddress;
    }

    @Override
    public X509Certificate[] getPeerCertificates() {
        return client.certificates().toArray(X509Certificate[]::new);
    }

    @Override
    public void setPeerCertificates(X509Certificate[] certificates) {
        throw new UnsupportedOperationException("the TLS handshake alone says who proved what");
    }

    @Override
    public WireFormat getWireFormat() {
        return null;
    }

    @Override
    public String toString() {
        return remoteAddress;
    }
}
