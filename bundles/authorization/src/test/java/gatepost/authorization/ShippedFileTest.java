package gatepost.authorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authorization.engine.Entry;
import gatepost.configuration.ConfigurationFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The file that ships against the definition and DESIGN.md. */
class ShippedFileTest {

    private static final Path FILE = Path.of("../../etc/gatepost.authorization.cfg");

    @Test
    void itIsTheMapOfTheDesignAndOfTheConsole() throws Exception {
        Map<String, Object> values = new HashMap<>(ConfigurationFile.read(FILE).values());
        List<String> entries =
                AuthorizationSettings.of(values, ConfigurationFile.read(FILE).duplicates()).map().entries().stream()
                        .map(ShippedFileTest::line)
                        .toList();
        assertEquals(
                List.of(
                        "admins queue://> read=admins write=admins admin=admins",
                        "console topic://gatepost.console read=gatepost-console-page write=gatepost-console admin=gatepost-console",
                        "console-admin queue://> read=gatepost-console-admin write=gatepost-console-admin admin=gatepost-console-admin",
                        "console-presence topic://gatepost.presence.> read=gatepost-console-admin,gatepost-console-viewer",
                        "own-queue queue://user.{user} read=users admin=users",
                        "presence topic://gatepost.presence.{user} read=users",
                        "publishers queue://user.> write=publishers",
                        "routes queue://user.> write=gatepost-routes admin=gatepost-routes",
                        "see-alice topic://gatepost.presence.alice read=gatepost-try-page",
                        "see-bob topic://gatepost.presence.bob read=gatepost-try-page",
                        "to-app queue://app.inbox read=admins write=users admin=users",
                        "to-everyone queue://everyone write=publishers",
                        "to-many queue://audience.> write=publishers",
                        "to-online queue://online write=publishers",
                        "topics topic://> read=admins write=admins admin=admins",
                        "try-alice queue://user.alice write=gatepost-try admin=gatepost-try",
                        "try-bob queue://user.bob write=gatepost-try admin=gatepost-try",
                        "welcome queue://user.> write=gatepost-welcome admin=gatepost-welcome"),
                entries);
    }

    @Test
    void everyKeyOfTheDefinitionIsThereWithItsDefaultAndExplained() throws Exception {
        Map<String, String> values = ConfigurationFile.read(FILE).values();
        List<String> lines = Files.readAllLines(FILE);
        for (var method : AuthorizationDefinition.class.getDeclaredMethods()) {
            String key = method.getName().replace('_', '.');
            assertEquals(String.valueOf(method.getDefaultValue()), values.get(key), key);
            int line = lines.indexOf(lines.stream()
                    .filter(text -> text.startsWith(key + " "))
                    .findFirst()
                    .orElseThrow());
            assertTrue(lines.get(line - 1).startsWith("#"), key);
        }
        assertEquals(
                AuthorizationDefinition.class.getDeclaredMethods().length,
                values.keySet().stream()
                        .filter(key -> !key.startsWith("entry."))
                        .count(),
                values.toString());
    }

    private static String line(Entry entry) {
        return entry.name() + " " + entry.pattern() + " " + entry.grants();
    }
}
