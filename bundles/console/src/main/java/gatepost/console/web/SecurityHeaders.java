package gatepost.console.web;

import jakarta.servlet.http.HttpServletResponse;

/** The headers of every answer. */
final class SecurityHeaders {

    private static final String NOTHING_BUT_OWN_FILES = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {
    }

    static void set(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", NOTHING_BUT_OWN_FILES);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        response.setHeader("Cache-Control", "no-store");
    }
}
