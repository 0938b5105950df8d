package gatepost.routes.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;

/** A request that has come whole. */
record Request(String method, URI uri, HttpHeaders headers, byte[] body) {

    String path() {
        return uri.getPath();
    }
}
