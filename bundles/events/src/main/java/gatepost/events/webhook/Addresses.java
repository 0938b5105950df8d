package gatepost.events.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Where events may be sent. A name leads where its owner says; the address of a cloud's secrets is link-local. Blocks while it looks up. */
final class Addresses {

    /** Looks a name up. */
    @FunctionalInterface
    interface Lookup {

        InetAddress[] of(String host) throws UnknownHostException;
    }

    private final Lookup lookup;

    Addresses(Lookup lookup) {
        this.lookup = lookup;
    }

    /** @throws IOException when events must not go there, or nobody knows where it is */
    void verify(URI url) throws IOException {
        String host = url.getHost();
        InetAddress[] all;
        try {
            all = lookup.of(host);
        } catch (UnknownHostException e) {
            throw new IOException("the host " + host + " is not known", e);
        }
        boolean plain = url.getScheme().equalsIgnoreCase("http");
        for (InetAddress address : all) {
            if (address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress()) {
                throw new IOException("the host " + host + " is " + address.getHostAddress()
                        + ", where nothing is sent: link-local, multicast or any address");
            }
            if (plain && !address.isLoopbackAddress()) {
                throw new IOException(
                        "the host " + host + " is " + Arrays.toString(all) + ", and not this machine: expected https");
            }
        }
    }
}
