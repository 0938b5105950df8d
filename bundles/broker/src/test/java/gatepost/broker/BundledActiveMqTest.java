package gatepost.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What of ActiveMQ is shipped: nothing that a client could use against others, and nothing that nobody needs. */
class BundledActiveMqTest {

    private static final Pattern UNWANTED =
            Pattern.compile("org/apache/activemq/(filter/function/|filter/.*(XPath|XQuery|FunctionCallExpr).*"
                    + "|transport/stomp/|store/jdbc/|openwire/v[2-8]/).*");
    /** Without it ActiveMQ's parser of selectors cannot be loaded, which the broker does when it stops. */
    private static final String NEEDED =
            "org/apache/activemq/filter/FunctionCallExpression$invalidFunctionExpressionException.class";

    @Test
    void theBundleHasNoFunctionsOfSelectorsAndNoModulesThatNobodyNeeds() throws IOException {
        try (JarFile bundle = new JarFile(bundle())) {
            List<String> unwanted = bundle.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> UNWANTED.matcher(name).matches() && !name.equals(NEEDED))
                    .toList();

            assertEquals(List.of(), unwanted);
            assertNotNull(bundle.getEntry("org/apache/activemq/filter/PropertyExpression.class"));
            assertNotNull(bundle.getEntry("org/apache/activemq/filter/BooleanExpression.class"));
        }
    }

    /** The broker asks ActiveMQ's parser to forget what it knows when it stops, although nothing is read with it. */
    @Test
    void activeMqsParserCanBeLoadedWithoutWhatIsLeftOut() throws Exception {
        List<URL> bundleAndNeeds = Stream.of(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(File::new)
                .filter(file -> !file.getName().matches("activemq-(client|broker|kahadb-store|jaas)-.*"))
                .map(BundledActiveMqTest::url)
                .toList();
        try (URLClassLoader alone =
                new URLClassLoader(bundleAndNeeds.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            alone.loadClass("org.apache.activemq.selector.SelectorParser")
                    .getMethod("clearCache")
                    .invoke(null);
        }
    }

    private static File bundle() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(File::new)
                .filter(file -> file.getName().matches("activemq-osgi-.*\\.jar"))
                .findAny()
                .orElseThrow();
    }

    private static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
