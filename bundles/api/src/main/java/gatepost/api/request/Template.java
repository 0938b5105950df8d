package gatepost.api.request;

import gatepost.contracts.http.CallRefused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The path of a call, in which a segment between braces stands for a name: {@code /api/v1/users/{user}/messages}. Immutable. */
public final class Template {

    private static final String USER = "user";

    private final List<String> segments;

    public Template(String text) {
        this.segments = segments(text);
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    /**
     * A user may stand in the query instead of the path, for proxies that change what is encoded in a path:
     * {@code /api/v1/users/messages?user=a%2Fb}.
     *
     * @param path as it came
     * @return the names that it and the query have; nothing when the path is another
     * @throws CallRefused when it cannot be read
     */
    public Optional<Parameters> match(String path, Map<String, String> query) throws CallRefused {
        List<String> given = segments(path);
        boolean inQuery = query.containsKey(USER);
        List<String> expected = inQuery
                ? segments.stream()
                        .filter(segment -> !segment.equals("{" + USER + "}"))
                        .toList()
                : segments;
        if (expected.size() != given.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>(query);
        for (int i = 0; i < expected.size(); i++) {
            String segment = expected.get(i);
            if (segment.startsWith("{")) {
                values.put(segment.substring(1, segment.length() - 1), Encoded.decode(given.get(i), false));
            } else if (!segment.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(new Parameters(values));
    }

    /** @return the names between braces */
    public List<String> names() {
        return segments.stream()
                .filter(segment -> segment.startsWith("{"))
                .map(segment -> segment.substring(1, segment.length() - 1))
                .toList();
    }

    @Override
    public String toString() {
        return "/" + String.join("/", segments);
    }
}
