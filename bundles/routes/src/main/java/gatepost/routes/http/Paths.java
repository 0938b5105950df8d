package gatepost.routes.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which route serves what. Safe for use by several threads. */
final class Paths {

    private final List<HttpRoute> routes = new CopyOnWriteArrayList<>();

    /** @return whether the route has its path, which another one may have taken */
    synchronized boolean add(HttpRoute route) {
        return routes.stream().noneMatch(route::isInTheWayOf) && routes.add(route);
    }

    void remove(HttpRoute route) {
        routes.remove(route);
    }

    boolean isEmpty() {
        return routes.isEmpty();
    }

    Optional<Match> find(String method, String path) {
        for (HttpRoute route : routes) {
            Optional<Map<String, String>> variables = route.pattern().match(path);
            if (variables.isPresent() && route.serves(method)) {
                return Optional.of(new Match(route, variables.get()));
            }
        }
        return Optional.empty();
    }

    /** @return whether anything is served there, by whatever method */
    boolean isKnown(String path) {
        return routes.stream().anyMatch(route -> route.pattern().match(path).isPresent());
    }
}
