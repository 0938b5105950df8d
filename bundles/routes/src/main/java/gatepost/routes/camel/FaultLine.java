package gatepost.routes.camel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

/** Finds the line of a file that an exception of Camel's is about. */
final class FaultLine {

    /** How the parsers of both languages say where they were; the last place that they name is the closest. */
    private static final Pattern PARSER = Pattern.compile("\\bline (\\d+), column \\d+");

    private static final Pattern NODE = Pattern.compile(">>> (.*?) <<<", Pattern.DOTALL);

    private FaultLine() {}

    /** @return from 1, or 0 where it is unknown */
    static int of(Throwable failure, ModelCamelContext camel) {
        int line = 0;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher place = PARSER.matcher(String.valueOf(cause.getMessage()));
            while (place.find()) {
                line = Integer.parseInt(place.group(1));
            }
        }
        return line > 0 ? line : Math.max(0, ofRoute(failure, camel));
    }

    private static int ofRoute(Throwable failure, ModelCamelContext camel) {
        String id = Faults.find(failure, FailedToCreateRouteException.class)
                .map(FailedToCreateRouteException::getRouteId)
                .or(() -> Faults.find(failure, FailedToStartRouteException.class)
                        .map(FailedToStartRouteException::getRouteId))
                .orElse(null);
        RouteDefinition route = id == null ? null : camel.getRouteDefinition(id);
        if (route == null) {
            return 0;
        }
        Matcher node = NODE.matcher(failure.getMessage());
        int line = node.find() ? ofNode(route, node.group(1)) : 0;
        return line > 0 ? line : Math.max(route.getInput().getLineNumber(), route.getLineNumber());
    }

    /** Camel names the node by what its definition prints. */
    private static int ofNode(RouteDefinition route, String text) {
        Deque<ProcessorDefinition<?>> nodes = new ArrayDeque<>(route.getOutputs());
        while (!nodes.isEmpty()) {
            ProcessorDefinition<?> node = nodes.remove();
            if (node.toString().equals(text)) {
                return node.getLineNumber();
            }
            nodes.addAll(node.getOutputs());
        }
        return 0;
    }
}
