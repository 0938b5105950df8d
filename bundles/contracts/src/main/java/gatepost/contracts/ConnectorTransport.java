package gatepost.contracts;

import java.io.IOException;
import java.net.URI;
import java.util.Set;

/** A transport that connectors can listen with: a service, which the broker takes as it comes and gives up as it goes. */
public interface ConnectorTransport {

    /** @return those of a connector's URI that it serves */
    Set<Scheme> schemes();

    /**
     * Makes a server, which does not listen yet.
     *
     * @param location scheme, address and port
     */
    ConnectorServer bind(URI location) throws IOException;
}
