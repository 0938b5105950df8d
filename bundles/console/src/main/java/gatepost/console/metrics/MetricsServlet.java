package gatepost.console.metrics;

import gatepost.console.web.Answers;
import gatepost.console.web.Origin;
import gatepost.console.web.WebContext;
import gatepost.metrics.Metrics;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /metrics}: everything that is counted, in Prometheus' text format; for this machine only, and without a login. */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/metrics", WebContext.SELECT, WebContext.MAY_WAIT})
public final class MetricsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Metrics metrics;
    private final transient PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    @Activate
    public MetricsServlet(@Reference Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Origin.isLoopback(request)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            Answers.text(response, "Metrics are for this machine only.");
            return;
        }
        response.setContentType(writer.getContentType());
        writer.write(response.getOutputStream(), metrics.scrape());
    }
}
