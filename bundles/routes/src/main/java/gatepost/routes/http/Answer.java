package gatepost.routes.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a request is answered with; the body may be empty. */
record Answer(int status, Optional<String> contentType, byte[] body) {

    private static final byte[] NOTHING = {};

    static Answer of(int status) {
        return new Answer(status, Optional.empty(), NOTHING);
    }

    /** A line for whoever sent the request. */
    static Answer of(int status, String line) {
        return new Answer(
                status, Optional.of("text/plain; charset=utf-8"), (line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
