package gatepost.console.queues;

import gatepost.console.session.Operator;
import gatepost.console.web.Answers;
import gatepost.console.web.Asked;
import gatepost.console.web.Json;
import gatepost.console.web.WebContext;
import gatepost.contracts.QueueDesk;
import gatepost.contracts.QueueDesk.Shown;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code /api/queues/messages}, for administrators: GET with {@code queue} shows the first messages, POST sends one, DELETE with
 * {@code queue} drops them all.
 */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/api/queues/messages", WebContext.SELECT, WebContext.MAY_WAIT
        })
public final class MessagesServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 100;
    private static final int USUAL = 20;
    private static final int CHARACTERS = 4_000;

    private final transient QueueDesk desk;

    /** @param headers of the application; may be absent */
    record Outgoing(String queue, String body, Map<String, String> headers) {}

    /** @param expires milliseconds since 1970, as {@code came}; {@code null} for never */
    record Message(
            String id,
            long came,
            Long expires,
            int redeliveries,
            boolean persistent,
            Map<String, String> headers,
            int size,
            String body) {

        static Message of(Shown shown) {
            return new Message(
                    shown.id(),
                    shown.came().toEpochMilli(),
                    shown.expires().map(Instant::toEpochMilli).orElse(null),
                    shown.redeliveries(),
                    shown.persistent(),
                    shown.headers(),
                    shown.size(),
                    shown.body());
        }
    }

    record Messages(List<Message> messages) {}

    @Activate
    public MessagesServlet(@Reference QueueDesk desk) {
        this.desk = desk;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Operator.of(request).maySeeContent(response)) {
            return;
        }
        try {
            List<Shown> shown = desk.browse(
                    Asked.text(request, "queue"), Asked.number(request, "limit", 1, MOST, USUAL), CHARACTERS);
            Json.write(response, new Messages(shown.stream().map(Message::of).toList()));
        } catch (IllegalArgumentException e) {
            Answers.error(response, HttpServletResponse.SC_NOT_FOUND, Answers.sentence(e.getMessage()));
        }
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String queue = Asked.text(request, "queue");
        Operator operator = Operator.of(request);
        try {
            long purged = desk.purge(queue);
            operator.did("queue-purge", queue);
            Json.write(response, Map.of("purged", purged));
        } catch (IllegalArgumentException e) {
            refuse(operator, "queue-purge", queue, e, HttpServletResponse.SC_NOT_FOUND, response);
        } catch (Exception e) {
            refuse(operator, "queue-purge", queue, e, HttpServletResponse.SC_SERVICE_UNAVAILABLE, response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Outgoing> sent =
                Json.read(request, Outgoing.class).filter(message -> message.queue() != null && message.body() != null);
        if (sent.isEmpty()) {
            Answers.error(
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "Name a queue, and write up to some ten thousand characters.");
            return;
        }
        Outgoing message = sent.get();
        Operator operator = Operator.of(request);
        try {
            String id = desk.send(
                    message.queue(), message.body(), message.headers() == null ? Map.of() : message.headers());
            operator.did("message-send", message.queue());
            Json.write(response, Map.of("id", id));
        } catch (IllegalArgumentException e) {
            refuse(operator, "message-send", message.queue(), e, HttpServletResponse.SC_BAD_REQUEST, response);
        } catch (Exception e) {
            refuse(operator, "message-send", message.queue(), e, HttpServletResponse.SC_SERVICE_UNAVAILABLE, response);
        }
    }

    private static void refuse(
            Operator operator, String action, String queue, Exception e, int status, HttpServletResponse response)
            throws IOException {
        String reason = String.valueOf(e.getMessage());
        operator.didNot(action, queue, reason);
        Answers.error(response, status, Answers.sentence(reason));
    }
}
