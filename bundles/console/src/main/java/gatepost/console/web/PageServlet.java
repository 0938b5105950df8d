package gatepost.console.web;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Serves the files of the pages, and says of everything else that it is not there. */
@Component(service = Servlet.class, property = {"osgi.http.whiteboard.servlet.pattern=/", WebContext.SELECT})
public final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String FOLDER = "/gatepost/console/pages";
    private static final Map<String, String> FILES = Map.of("/", "/console.html");
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String file = FILES.get(request.getRequestURI());
        if (file == null) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            Answers.text(response, "There is nothing here.");
            return;
        }
        response.setContentType(TYPES.get(file.substring(file.lastIndexOf('.') + 1)));
        try (InputStream content = PageServlet.class.getResourceAsStream(FOLDER + file)) {
            content.transferTo(response.getOutputStream());
        }
    }
}
