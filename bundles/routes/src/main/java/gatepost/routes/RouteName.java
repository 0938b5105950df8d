package gatepost.routes;

import gatepost.routes.camel.FileContext;
import gatepost.routes.camel.RouteState;
import java.util.List;
import java.util.stream.Stream;

/**
 * A route as operators name it: {@code FILE/ID}, such as {@code notice.yaml/tick}.
 *
 * @param file the file's name
 * @param id of the route in it
 */
public record RouteName(String file, String id) {

    /** @throws IllegalArgumentException when it is not {@code FILE/ID} */
    public static RouteName of(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw new IllegalArgumentException("expected FILE/ID as gatepost:route-list shows it, not " + text);
        }
        return new RouteName(text.substring(0, slash), text.substring(slash + 1));
    }

    /** @throws IllegalArgumentException when there is no such route */
    public FileContext in(Routes routes) {
        return routes.list().stream()
                .filter(state -> state.name().equals(file))
                .flatMap(state -> state.running().stream())
                .filter(context ->
                        context.routes().stream().anyMatch(route -> route.id().equals(id)))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no route " + this + ", expected one of " + all(routes)));
    }

    public static List<String> all(Routes routes) {
        return routes.list().stream().flatMap(RouteName::of).toList();
    }

    private static Stream<String> of(RouteFileState file) {
        return file.running().stream()
                .flatMap(context -> context.routes().stream())
                .map(RouteState::id)
                .map(id -> new RouteName(file.name(), id).toString());
    }

    @Override
    public String toString() {
        return file + "/" + id;
    }
}
