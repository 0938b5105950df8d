package gatepost.console.live;

import gatepost.authorization.api.GateReview;
import gatepost.console.web.Answers;
import gatepost.console.web.Json;
import gatepost.console.web.WebContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code GET /api/check}: may they, and which entry says so? */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/api/check", WebContext.SELECT, WebContext.MAY_WAIT})
public final class CheckServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient GateReview review;

    /** @param groups separated by commas; empty for those that are known of the user */
    record Question(String user, String operation, String destination, String groups) {}

    @Activate
    public CheckServlet(@Reference GateReview review) {
        this.review = review;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Question> question = Optional.of(new Question(
                        request.getParameter("user"),
                        request.getParameter("operation"),
                        request.getParameter("destination"),
                        request.getParameter("groups")))
                .filter(CheckServlet::isComplete);
        if (question.isEmpty()) {
            Answers.error(response, HttpServletResponse.SC_BAD_REQUEST, "Name a user, an operation and a destination.");
            return;
        }
        Question asked = question.get();
        try {
            Json.write(
                    response,
                    review.check(
                            asked.user(),
                            groups(asked),
                            asked.operation(),
                            asked.destination().strip()));
        } catch (IllegalArgumentException e) {
            Answers.error(response, HttpServletResponse.SC_BAD_REQUEST, Answers.sentence(e.getMessage()));
        }
    }

    private Collection<String> groups(Question asked) {
        if (asked.groups() == null || asked.groups().isBlank()) {
            return review.groupsOf(asked.user());
        }
        return Arrays.stream(asked.groups().split(","))
                .map(String::strip)
                .filter(group -> !group.isEmpty())
                .toList();
    }

    private static boolean isComplete(Question asked) {
        return asked.user() != null
                && !asked.user().isEmpty()
                && asked.operation() != null
                && asked.destination() != null
                && !asked.destination().isBlank();
    }
}
