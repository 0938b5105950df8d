package gatepost.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages of this bundle stand one upon the other. */
class PackagesTest {

    private static final String ROOT = "gatepost.transport";
    private static final Path SOURCES = Path.of("src/main/java");
    /** Of an import, or of a name written out. */
    private static final Pattern NAME = Pattern.compile("\\b(gatepost\\.transport(?:\\.[a-z]+)*)\\.[A-Z]");

    @Test
    void noPackageNeedsOneThatNeedsIt() throws IOException {
        Map<String, Set<String>> needs = needs();
        assertTrue(needs.size() > 5, needs.toString());

        needs.keySet().forEach(start -> assertEquals(Optional.empty(), cycle(start, needs)));
    }

    private static Map<String, Set<String>> needs() throws IOException {
        List<Path> sources;
        try (Stream<Path> all = Files.walk(SOURCES)) {
            sources = all.filter(path -> path.toString().endsWith(".java")).toList();
        }
        Map<String, Set<String>> needs = new TreeMap<>();
        for (Path source : sources) {
            String own = SOURCES.relativize(source.getParent()).toString().replace('/', '.');
            Set<String> others = needs.computeIfAbsent(own, any -> new TreeSet<>());
            for (Matcher name = NAME.matcher(Files.readString(source)); name.find(); ) {
                if (!name.group(1).equals(own)) {
                    others.add(name.group(1));
                }
            }
        }
        return needs;
    }

    /** @return a way from a package back to itself */
    private static Optional<String> cycle(String start, Map<String, Set<String>> needs) {
        Map<String, String> ways = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        ways.put(start, start.substring(ROOT.length()));
        while (!open.isEmpty()) {
            String current = open.remove();
            for (String next : needs.getOrDefault(current, Set.of())) {
                String way = ways.get(current) + " needs " + next.substring(ROOT.length());
                if (next.equals(start)) {
                    return Optional.of(way);
                }
                if (ways.putIfAbsent(next, way) == null) {
                    open.add(next);
                }
            }
        }
        return Optional.empty();
    }
}
