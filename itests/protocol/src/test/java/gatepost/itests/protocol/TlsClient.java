package gatepost.itests.protocol;

import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.StompSocket;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.WebSocketRequest;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A client that trusts some certificates and no others.
 *
 * @param client over TLS, not signed in
 * @param serialNumber of the certificate that the server showed
 * @param protocol the version of TLS that is spoken
 */
record TlsClient(StompClient client, BigInteger serialNumber, String protocol) implements AutoCloseable {

    /**
     * @param protocols the versions of TLS that the client speaks, none for its usual ones
     * @throws IOException when there is no TLS between the two
     */
    static TlsClient open(Transport transport, int port, String[] protocols, Certificate... trusted)
            throws IOException, GeneralSecurityException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            plain.setSoTimeout((int) StompClient.PATIENCE.toMillis());
            SSLSocket socket =
                    (SSLSocket) context(trusted).getSocketFactory().createSocket(plain, "localhost", port, true);
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            StompClient client = transport == Transport.TCP
                    ? new StompSocket(socket)
                    : WebSocketRequest.over(socket).open();
            return new TlsClient(
                    client, shown.getSerialNumber(), socket.getSession().getProtocol());
        } catch (IOException | GeneralSecurityException | AssertionError e) {
            plain.close();
            throw e;
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static SSLContext context(Certificate... trusted) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Certificate certificate : trusted) {
            store.setCertificateEntry("c" + store.size(), certificate.certificate());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
