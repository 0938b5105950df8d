package gatepost.console.queues;

import gatepost.console.session.Operator;
import gatepost.console.web.Answers;
import gatepost.console.web.Asked;
import gatepost.console.web.Json;
import gatepost.console.web.WebContext;
import gatepost.contracts.QueueDesk;
import gatepost.contracts.QueueDesk.Depth;
import gatepost.contracts.QueueDesk.Depths;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code GET /api/queues?search=&page=}: the queues and inboxes, the fullest first, pages counted from 0; {@code GET /api/queue?name=}: one
 * of them.
 */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/api/queues",
            "osgi.http.whiteboard.servlet.pattern=/api/queue",
            WebContext.SELECT,
            WebContext.MAY_WAIT
        })
public final class QueuesServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int PAGE = 50;
    private static final int LAST_PAGE = 1_000_000;

    private final transient QueueDesk desk;

    /** @param oldest when that came, milliseconds since 1970; {@code null} where there is none */
    record Row(
            String name, boolean inbox, long messages, long bytes, long unacknowledged, long consumers, Long oldest) {

        static Row of(Depth depth) {
            return new Row(
                    depth.name(),
                    depth.inbox(),
                    depth.messages(),
                    depth.bytes(),
                    depth.unacknowledged(),
                    depth.consumers(),
                    depth.oldest().map(Instant::toEpochMilli).orElse(null));
        }
    }

    /** @param first of those that match, counted from 0 */
    record Page(List<Row> queues, int matching, int first, int page) {}

    @Activate
    public QueuesServlet(@Reference QueueDesk desk) {
        this.desk = desk;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Operator.of(request);
        if (request.getServletPath().equals("/api/queue")) {
            Row row = desk.named(Asked.text(request, "name")).map(Row::of).orElse(null);
            Json.write(response, Collections.singletonMap("queue", row));
            return;
        }
        int page = Asked.number(request, "page", 0, LAST_PAGE, 0);
        Depths found = desk.list(Asked.text(request, "search"), page * PAGE, PAGE);
        if (page > 0 && found.queues().isEmpty()) {
            Answers.error(response, HttpServletResponse.SC_NOT_FOUND, "There are not so many queues any more.");
            return;
        }
        Json.write(
                response, new Page(found.queues().stream().map(Row::of).toList(), found.matching(), page * PAGE, page));
    }
}
