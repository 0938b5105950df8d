package gatepost.itests.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a document leads to is there. Whatever Markdown is in the repository is looked at, named here or not. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final int FEWEST_DOCUMENTS = 50;
    private static final int FEWEST_PATHS = 50;

    private static final String MARKDOWN = ".md";
    private static final Set<String> NOT_OURS = Set.of("node_modules", "target");

    private static final Pattern FENCED = Pattern.compile("(?ms)^ {0,3}(```|~~~).*?^ {0,3}\\1[^\\n]*$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    /** A link or a picture, in the three ways of writing one: in place, by reference, in HTML. */
    private static final Pattern LINK = Pattern.compile("(?m)\\]\\(\\s*<?([^)\\s>]+)[^)]*\\)"
            + "|^ {0,3}\\[[^\\]]+\\]:\\s*(\\S+)"
            + "|<(?:a|img)\\b[^>]*\\b(?:href|src)=\"([^\"]+)\"");

    private static final Pattern ELSEWHERE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*");
    /** What GitHub shows of a workflow, beside the page that it makes of a document at the root. */
    private static final Pattern WORKFLOW =
            Pattern.compile("\\.\\./\\.\\./actions/(workflows/[^/]+\\.yml)(?:/badge\\.svg)?");

    private static final Pattern HEADING = Pattern.compile("(?m)^ {0,3}#{1,6}\\s+(.*?)\\s*#*$");
    private static final Pattern OF_REPOSITORY =
            Pattern.compile("(benchmarks|bundles|clients|docs|etc|features|itests|karaf-assembly)/.*");

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsToAFileAndToAHeadingInIt() throws IOException {
        List<Path> documents = documents();
        assertTrue(documents.size() >= FEWEST_DOCUMENTS, documents.toString());
        return documents.stream()
                .map(document -> DynamicTest.dynamicTest(
                        ROOT.relativize(document).toString(), () -> assertEquals(List.of(), brokenLinks(document))));
    }

    @Test
    void everyPathThatTheArchitectureNamesIsThere() throws IOException {
        List<String> paths = new ArrayList<>();
        Matcher code = CODE.matcher(Files.readString(ROOT.resolve("docs/architecture.md")));
        while (code.find()) {
            if (OF_REPOSITORY.matcher(code.group(1)).matches()) {
                paths.add(code.group(1));
            }
        }
        assertTrue(paths.size() >= FEWEST_PATHS, paths.toString());
        assertEquals(
                List.of(),
                paths.stream().filter(path -> !Files.exists(ROOT.resolve(path))).toList());
    }

    private static List<String> brokenLinks(Path document) throws IOException {
        String text = Files.readString(document);
        List<String> broken = new ArrayList<>();
        Matcher link = LINK.matcher(CODE.matcher(withoutBlocks(text)).replaceAll(""));
        while (link.find()) {
            String to = Stream.of(link.group(1), link.group(2), link.group(3))
                    .filter(group -> group != null)
                    .findFirst()
                    .orElseThrow();
            if (!ELSEWHERE.matcher(to).matches() && !isThere(document, to)) {
                broken.add(to);
            }
        }
        return broken;
    }

    private static boolean isThere(Path document, String to) throws IOException {
        Matcher workflow = WORKFLOW.matcher(to);
        if (workflow.matches()) {
            return document.getParent().equals(ROOT)
                    && Files.exists(ROOT.resolve(".github").resolve(workflow.group(1)));
        }
        int hash = to.indexOf('#');
        String path = hash < 0 ? to : to.substring(0, hash);
        Path file = path.isEmpty() ? document : document.resolveSibling(path);
        if (hash < 0 || !Files.isRegularFile(file)) {
            return hash < 0 && Files.exists(file);
        }
        return file.toString().endsWith(MARKDOWN)
                && anchors(Files.readString(file)).contains(to.substring(hash + 1));
    }

    /** GitHub's rule: lower case, no punctuation, a hyphen for each blank, a number from the second of a kind on. */
    private static Set<String> anchors(String text) {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        Matcher heading = HEADING.matcher(withoutBlocks(text));
        while (heading.find()) {
            String anchor = heading.group(1)
                    .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                    .replace(' ', '-');
            int earlier = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(earlier == 0 ? anchor : anchor + "-" + earlier);
        }
        return anchors;
    }

    private static String withoutBlocks(String text) {
        return FENCED.matcher(text).replaceAll("");
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean ours = folder.equals(ROOT) || !NOT_OURS.contains(name) && !name.startsWith(".");
                return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(MARKDOWN)) {
                    documents.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        documents.sort(null);
        return documents;
    }
}
