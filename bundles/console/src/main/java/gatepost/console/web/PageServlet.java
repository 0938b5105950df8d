package gatepost.console.web;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Serves the files of the pages, and says of everything else that it is not there. */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/", WebContext.SELECT, WebContext.MAY_WAIT})
public final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String FOLDER = "/gatepost/console/pages";
    private static final Map<String, String> OTHER_NAMES = Map.of("/", "/console.html", "/try", "/try/try.html");
    private static final Pattern FILE = Pattern.compile("/((lib|try|view)/)?[a-z.-]+\\.(html|css|js|svg)");
    private static final Map<String, String> TYPES = Map.of(
            "html",
            "text/html; charset=utf-8",
            "css",
            "text/css; charset=utf-8",
            "js",
            "text/javascript; charset=utf-8",
            "svg",
            "image/svg+xml");

    private final transient Connectors connectors;

    @Activate
    public PageServlet(@Reference Connectors connectors) {
        this.connectors = connectors;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String file = OTHER_NAMES.getOrDefault(request.getRequestURI(), request.getRequestURI());
        try (InputStream content =
                FILE.matcher(file).matches() ? PageServlet.class.getResourceAsStream(FOLDER + file) : null) {
            if (content == null) {
                response.setStatus(HttpServletResponse.SC_NOT_FOUND);
                Answers.text(response, "There is nothing here.");
                return;
            }
            response.setContentType(TYPES.get(file.substring(file.lastIndexOf('.') + 1)));
            connectors.webSocket(request).ifPresent(url -> SecurityHeaders.allow(response, url));
            content.transferTo(response.getOutputStream());
        }
    }
}
