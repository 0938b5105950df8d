package gatepost.broker.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Type;

/** The page of overrides names every method of ActiveMQ that is overridden or leaned on, and those are what they were. */
class OverridesTest {

    private static final Path PAGE = Path.of("OVERRIDES.md");
    private static final Pattern LINE =
            Pattern.compile("^([\\w.$]+)\\.([\\w<>]+)(\\(.*\\)\\S+) ([0-9a-f]{12})$", Pattern.MULTILINE);
    private static final String UPSTREAM = "org.apache.activemq.";
    private static final List<Class<?>> OURS = List.of(
            BoundedDurableSubscription.class,
            BoundedPendingCursor.class,
            BoundedTempQueue.class,
            BoundedTempTopicRegion.class,
            BoundedTopicSubscription.class,
            BroadSubscription.class,
            InboxBrowser.class,
            InboxSubscription.class,
            IndexedQueueRegion.class,
            LoadingRegionBroker.class,
            MemoryBrokerService.class,
            MemoryQueue.class,
            MemoryQueueFactory.class,
            QueueFactory.class,
            ReleasingCursor.class,
            SelectingTopicRegion.class,
            SelectiveMemoryCursor.class,
            UnloadableQueue.class,
            UnloadableQueueFactory.class,
            UnloadingBrokerService.class);

    @Test
    void whatIsLeanedOnHasNotChanged() throws Exception {
        Map<String, String> changed = new TreeMap<>();
        for (Map.Entry<String, String> listed : listed().entrySet()) {
            String now = digest(listed.getKey());
            if (!listed.getValue().equals(now)) {
                changed.put(listed.getKey(), now);
            }
        }
        StringBuilder advice = new StringBuilder(
                "These methods of ActiveMQ are not what the overrides were written for. Read each, and the "
                        + "rows of OVERRIDES.md that name it; when the overrides are right for it, put its line there:\n");
        changed.forEach((method, digest) ->
                advice.append(method).append(' ').append(digest).append('\n'));
        assertEquals(Map.of(), changed, advice::toString);
    }

    @Test
    void everyOverrideIsOnThePage() throws Exception {
        String page = Files.readString(PAGE);
        Set<String> missing = new TreeSet<>();
        for (Class<?> own : OURS) {
            assertTrue(page.contains("`" + own.getSimpleName() + "`"), own + " is not on the page");
            for (Method method : own.getDeclaredMethods()) {
                String upstream = overridden(own, method);
                if (upstream != null && !listed().containsKey(upstream)) {
                    missing.add(upstream + " " + digest(upstream));
                }
                if (upstream != null) {
                    assertTrue(
                            page.contains("`" + method.getName() + "`"),
                            own + "." + method.getName() + " is not on the page");
                }
            }
        }
        assertEquals(Set.of(), missing, () -> "OVERRIDES.md does not list\n" + String.join("\n", missing));
    }

    private static Map<String, String> listed() throws IOException {
        Map<String, String> methods = new TreeMap<>();
        Matcher line = LINE.matcher(Files.readString(PAGE));
        while (line.find()) {
            methods.put(line.group(1) + "." + line.group(2) + line.group(3), line.group(4));
        }
        assertTrue(methods.size() > 10, () -> "there are no methods in " + PAGE);
        return methods;
    }

    /** @return the nearest method of ActiveMQ with a body that it overrides, or {@code null} */
    private static String overridden(Class<?> own, Method method) {
        if (method.isSynthetic()
                || Modifier.isStatic(method.getModifiers())
                || Modifier.isPrivate(method.getModifiers())) {
            return null;
        }
        for (Class<?> above = own.getSuperclass();
                above.getName().startsWith(UPSTREAM);
                above = above.getSuperclass()) {
            try {
                Method upstream = above.getDeclaredMethod(method.getName(), method.getParameterTypes());
                if (!Modifier.isAbstract(upstream.getModifiers())) {
                    return above.getName() + "." + method.getName() + Type.getMethodDescriptor(upstream);
                }
            } catch (NoSuchMethodException e) {
                // further up, then
            }
        }
        return null;
    }

    private static String digest(String method) throws IOException {
        Matcher parts = Pattern.compile("([\\w.$]+)\\.([\\w<>]+)(\\(.*)").matcher(method);
        assertTrue(parts.matches(), method);
        try (InputStream bytes =
                OverridesTest.class.getResourceAsStream("/" + parts.group(1).replace('.', '/') + ".class")) {
            assertNotNull(bytes, () -> "ActiveMQ has no class " + parts.group(1) + " any more");
            return MethodDigest.of(bytes.readAllBytes(), parts.group(2), parts.group(3));
        }
    }
}
