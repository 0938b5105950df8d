package gatepost.routes.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path with variables: {@code /notices/{user}}. */
record PathPattern(List<String> segments, boolean prefix) {

    /** @param prefix whether paths below it match too */
    static PathPattern of(String path, boolean prefix) {
        return new PathPattern(split(path), prefix);
    }

    /** @return the values of the variables where the path matches; a variable is never empty */
    Optional<Map<String, String>> match(String path) {
        List<String> asked = split(path);
        if (asked.size() < segments.size() || asked.size() > segments.size() && !prefix) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (segment.startsWith("{")
                    && segment.endsWith("}")
                    && !asked.get(i).isEmpty()) {
                variables.put(segment.substring(1, segment.length() - 1), asked.get(i));
            } else if (!segment.equals(asked.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    private static List<String> split(String path) {
        String bare = path.startsWith("/") ? path.substring(1) : path;
        bare = bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
        return bare.isEmpty() ? List.of() : List.of(bare.split("/", -1));
    }
}
