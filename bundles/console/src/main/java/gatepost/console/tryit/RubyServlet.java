package gatepost.console.tryit;

import gatepost.console.web.Connectors;
import gatepost.console.web.WebContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows how an application publishes, in Ruby, to the port that is open here. */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/try/publish.rb", WebContext.SELECT, WebContext.MAY_WAIT})
public final class RubyServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String SHIPPED_PORT = "61612";

    private final transient Connectors connectors;

    @Activate
    public RubyServlet(@Reference Connectors connectors) {
        this.connectors = connectors;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (InputStream file = RubyServlet.class.getResourceAsStream("/gatepost/console/pages/try/publish.rb")) {
            String script = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            response.setContentType("text/plain; charset=utf-8");
            response.getWriter()
                    .write(script.replace(
                            SHIPPED_PORT,
                            connectors.stompPort().map(String::valueOf).orElse(SHIPPED_PORT)));
        }
    }
}
