package gatepost.routes.http;

/**
 * Where HTTP requests for routes come in.
 *
 * @param address an address or a name of this machine
 * @param port 1 to 65535
 * @param bodyMax bytes of a request's body
 */
public record HttpSettings(String address, int port, int bodyMax) {
}
