package gatepost.authorization.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authorization.AuthorizationSettings;
import gatepost.authorization.engine.Destination;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.Operation;
import gatepost.authorization.engine.User;
import gatepost.configuration.ConfigurationFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportedMapTest {

    @TempDir
    private Path folder;

    @Test
    void theTalksMapBecomesTheEntriesThatItsSlideShows() throws IOException {
        assertEquals(
                List.of(
                        "entry.imported-1 = queue://> read=admins,users write=admins,users admin=admins",
                        "entry.imported-2 = topic://ActiveMQ.Advisory.> read=users write=users admin=users",
                        "entry.imported-3 = topic://*.reply.> read=users write=users admin=users",
                        "# the map says nothing of temporary destinations: ActiveMQ then lets everybody",
                        "temporary = read=* write=* admin=*"),
                talk());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            users  | READ  | queue://user.bob              | true
            users  | WRITE | queue://user.bob              | true
            users  | ADMIN | queue://user.bob              | false
            admins | ADMIN | queue://user.bob              | true
            users  | READ  | queue://>                     | true
            users  | WRITE | topic://app.reply.42          | true
            users  | READ  | topic://app.reply.42          | true
            users  | ADMIN | topic://app.reply             | true
            users  | READ  | topic://*.reply.>             | true
            users  | READ  | topic://app.request           | false
            users  | READ  | topic://ActiveMQ.Advisory.>   | true
            admins | READ  | topic://ActiveMQ.Advisory.>   | false
            users  | READ  | topic://>                     | false
            """)
    void theTalksMapMeansWhatItMeantInActiveMq(String group, Operation operation, String destination, boolean allowed)
            throws Exception {
        EntryMap map = map(talk());
        Destination asked = destination.startsWith("queue")
                ? Destination.queue(destination.substring(8))
                : Destination.topic(destination.substring(8));
        assertEquals(
                allowed,
                map.decide(new User("alice", List.of(group)), operation, asked).allowed());
    }

    @Test
    void readsTemporaryDefaultAndCompositeEntries() throws Exception {
        List<String> lines = read("""
                <authorizationMap>
                  <authorizationEntries>
                    <authorizationEntry queue="a, queue://b" read=" users , admins " write=""/>
                  </authorizationEntries>
                  <defaultEntry><authorizationEntry read="*"/></defaultEntry>
                  <tempDestinationAuthorizationEntry>
                    <tempDestinationAuthorizationEntry read="t" write="t" admin="t"/>
                  </tempDestinationAuthorizationEntry>
                </authorizationMap>""");
        assertEquals(
                List.of(
                        "entry.imported-1 = queue://a read=users,admins",
                        "entry.imported-2 = queue://b read=users,admins",
                        "# the default entry counts for every destination",
                        "entry.imported-3 = queue://> read=*",
                        "entry.imported-4 = topic://> read=*",
                        "temporary = read=t write=t admin=t"),
                lines);
        assertEquals(4, map(lines).entries().size());
    }

    @Test
    void whatCannotBeTakenOverBecomesAComment() throws Exception {
        List<String> lines = read(
                "<authorizationMap><authorizationEntry queue='a*&#10;entry.x = queue://>' read='x'/>"
                        + "<authorizationEntry tempQueue='true' read='x'/><authorizationEntry topic='a' read='x y'/></authorizationMap>");
        assertTrue(
                lines.subList(0, 3).stream().allMatch(line -> line.startsWith("# left out, ") && !line.contains("\n")),
                lines.toString());
        assertTrue(map(lines).entries().isEmpty());
    }

    @Test
    void nothingOutsideTheFileIsRead() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "top-secret");
        for (String type : List.of(
                "<!DOCTYPE a [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>",
                "<!DOCTYPE a SYSTEM '" + secret.toUri() + "'>",
                "<!DOCTYPE a [<!ENTITY x 'y'>]>")) {
            IOException refused = assertThrows(
                    IOException.class,
                    () -> read(
                            type + "<authorizationMap><authorizationEntry queue='&x;' read='a'/></authorizationMap>"));
            assertTrue(refused.getMessage().contains("DOCTYPE"), refused.getMessage());
            assertFalse(refused.getMessage().contains("top-secret"));
        }
    }

    @Test
    void whatIsNoMapIsRefusedWithTheReason() {
        assertTrue(assertThrows(IOException.class, () -> read("<a><b></a></b>"))
                .getMessage()
                .startsWith("line 1, column"));
        assertEquals(
                "there is no authorizationMap in it",
                assertThrows(IOException.class, () -> read("<broker/>")).getMessage());
    }

    private static List<String> talk() throws IOException {
        try (var xml = ImportedMapTest.class.getResourceAsStream("/talk.xml")) {
            return ImportedMap.read(xml);
        }
    }

    private static List<String> read(String xml) throws IOException {
        return ImportedMap.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private EntryMap map(List<String> lines) throws Exception {
        ConfigurationFile file = ConfigurationFile.read(Files.write(folder.resolve("imported.cfg"), lines));
        return AuthorizationSettings.of(file.values(), file.duplicates()).map();
    }
}
