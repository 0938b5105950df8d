package gatepost.console.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How answers are written. */
public final class Answers {

    private Answers() {
    }

    /** A line of plain text; the status is set by whoever answers. */
    public static void text(HttpServletResponse response, String line) throws IOException {
        response.setContentType("text/plain; charset=utf-8");
        response.getWriter().println(line);
    }
}
