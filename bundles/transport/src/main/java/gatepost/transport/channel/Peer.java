package gatepost.transport.channel;

import gatepost.contracts.Client;
import gatepost.contracts.Page;
import gatepost.contracts.Scheme;
import gatepost.transport.websocket.UpgradeRules;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What a connection whose handshakes are done tells of the one at its other end. */
final class Peer {

    private Peer() {}

    /** @return where it is, as a URI, such as {@code wss://192.0.2.7:50412?forwarded} for one that came through a proxy */
    static String address(Channel channel, Scheme scheme) {
        return address(
                channel,
                scheme.toString(),
                Optional.ofNullable(channel.attr(UpgradeRules.PAGE).get()));
    }

    /** @param page what the request said of where it comes from */
    static String address(Channel channel, String scheme, Optional<Page> page) {
        String forwarded = page.map(Page::forwarded).orElse(false) ? "?forwarded" : "";
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            return scheme + "://unknown" + forwarded;
        }
        String host = remote.getAddress().getHostAddress();
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + remote.getPort() + forwarded;
    }

    static Client client(Channel channel) {
        return new Client(Optional.ofNullable(channel.attr(UpgradeRules.PAGE).get()), certificates(channel));
    }

    /** @param page what the call said of where it comes from */
    static Client caller(Channel channel, Page page) {
        return Client.caller(Optional.of(page), certificates(channel));
    }

    private static List<X509Certificate> certificates(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return List.of();
        }
        try {
            Certificate[] proved = tls.engine().getSession().getPeerCertificates();
            return Arrays.stream(proved)
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // nobody has to show a certificate
        }
    }
}
