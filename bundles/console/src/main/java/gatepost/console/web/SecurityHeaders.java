package gatepost.console.web;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;

/** The headers of every answer. */
final class SecurityHeaders {

    private static final String POLICY = "Content-Security-Policy";
    private static final String NOTHING_BUT_OWN_FILES = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
            + "connect-src 'self'";

    private SecurityHeaders() {}

    static void set(HttpServletResponse response) {
        response.setHeader(POLICY, NOTHING_BUT_OWN_FILES);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        response.setHeader("Cache-Control", "no-store");
    }

    /** Lets a page connect to one WebSocket besides, and call over HTTP where that is. */
    static void allow(HttpServletResponse response, String webSocket) {
        URI uri = URI.create(webSocket);
        String calls = uri.getScheme().replaceFirst("^ws", "http");
        response.setHeader(
                POLICY,
                NOTHING_BUT_OWN_FILES + " " + uri.getScheme() + "://" + uri.getRawAuthority() + " " + calls + "://"
                        + uri.getRawAuthority());
    }
}
