package gatepost.console.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** How answers are written. */
public final class Answers {

    /** RFC 6585, section 4. */
    public static final int SC_TOO_MANY_REQUESTS = 429;

    private Answers() {}

    /** A line of plain text; the status is set by whoever answers. */
    public static void text(HttpServletResponse response, String line) throws IOException {
        response.setContentType("text/plain; charset=utf-8");
        response.getWriter().println(line);
    }

    /** @return a message of an exception as a sentence */
    public static String sentence(String message) {
        if (message.isEmpty()) {
            return "That cannot be done.";
        }
        String end = message.endsWith(".") ? "" : ".";
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + end;
    }

    /** What a page shows to its user. */
    public static void error(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        Json.write(response, Map.of("error", message));
    }
}
