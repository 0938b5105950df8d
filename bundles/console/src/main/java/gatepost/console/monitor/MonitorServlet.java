package gatepost.console.monitor;

import gatepost.console.monitor.Monitor.Answer;
import gatepost.console.monitor.Monitor.Asker;
import gatepost.console.web.WebContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What is for monitors, on the console's port. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=" + Monitor.METRICS,
            "osgi.http.whiteboard.servlet.pattern=" + Monitor.LIVE,
            "osgi.http.whiteboard.servlet.pattern=" + Monitor.READY,
            WebContext.SELECT,
            WebContext.MAY_WAIT
        })
public final class MonitorServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Monitor monitor;

    @Activate
    public MonitorServlet(@Reference Monitor monitor) {
        this.monitor = monitor;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // the address is always a literal, which nobody has to be asked about
        Asker asker = new Asker(
                InetAddress.getByName(request.getRemoteAddr()),
                request.getHeader("Host"),
                () -> request.getHeaderNames().asIterator());
        Answer answer = monitor.answer(request.getServletPath(), asker);
        response.setStatus(answer.status());
        response.setContentType(answer.type());
        response.getOutputStream().write(answer.body());
    }
}
