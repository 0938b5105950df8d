package gatepost.authentication.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gatepost.configuration.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTextTest {

    private static UsersText read(String text) {
        return UsersText.of("users", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> faults(byte[] bytes) {
        return UsersText.of("users", bytes).problems().stream()
                .map(Problem::key)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=b",
                "a = b ",
                "  a:b",
                "a b",
                "a",
                "a=",
                "=b",
                "a\\:b = c",
                "a\\=b: c",
                "a = \\u00e4\\t\\n\\r\\f\\x\\\\",
                "# a=b\nc=d",
                "! a\nb=c",
                "a = b,\\\n   c",
                "a = b\\\\\nc = d",
                "a=b\r\nc=d\re=f",
                "\n \t\n a = b",
                "a\\ b c",
                "a == b",
                "a = b\\\n#c=d",
                "zo\u00eb=\u20ac",
                "a=b\\"
            })
    void readsWhatJavaReads(String text) throws IOException {
        Properties expected = new Properties();
        expected.load(new StringReader(text));
        assertEquals(
                new TreeMap<>(expected),
                read(text).entries().stream()
                        .collect(Collectors.toMap(
                                UsersText.Entry::key, UsersText.Entry::value, (a, b) -> b, TreeMap::new)));
        assertEquals(List.of(), read(text).problems());
    }

    @Test
    void entriesKnowTheirLinesAndAreAllThere() {
        assertEquals(
                List.of(new UsersText.Entry(2, "a", "1,2"), new UsersText.Entry(5, "a", "3")),
                read("#\na = 1,\\\n 2\n\na=3\n").entries());
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        assertEquals("alice", read("\uFEFFalice = x").entries().get(0).key());
    }

    @Test
    void wrongEscapesAreNamedByTheirLineWithoutTheValue() {
        UsersText text = read("alice = C:\\users\nbob = b\ncarol = \\u12");
        assertEquals(
                List.of("line 1", "line 3"),
                text.problems().stream().map(Problem::key).toList());
        assertFalse(text.problems().toString().contains("C:"));
        assertEquals(
                List.of("bob"),
                text.entries().stream().map(UsersText.Entry::key).toList());
    }

    @Test
    void whatIsNotUtf8IsNamedByItsLine() {
        assertEquals(List.of("line 2"), faults("a=b\nzo\u00eb=c\nd=e".getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals(List.of("line 1"), faults(new byte[] {(byte) 0xC3}));
        assertEquals(List.of("line 3"), faults("a\r\nb\r\n\u00e4".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void noBytesMakeItFailOtherwise() {
        Random random = new Random(7);
        byte[] alphabet = "ab=: \\u0041,\n\r#!\t".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] =
                        random.nextInt(40) == 0 ? (byte) random.nextInt() : alphabet[random.nextInt(alphabet.length)];
            }
            UsersText.of("users", bytes);
        }
    }

    /** Karaf's commands read and write such files as ISO-8859-1, and leave lines that they do not change as they are. */
    @Test
    void karafsCommandsLeaveOtherUsersLinesIntact(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("users.properties");
        Files.writeString(file, "zo\u00eb = \u20ac,_g_:users\n");
        org.apache.felix.utils.properties.Properties karafs =
                new org.apache.felix.utils.properties.Properties(file.toFile());
        karafs.put("new", "p\u00e4ss,_g_:users");
        karafs.save();
        UsersText text = UsersText.of("users", Files.readAllBytes(file));
        assertEquals(List.of(), text.problems());
        assertEquals(
                List.of("\u20ac,_g_:users", "p\u00e4ss,_g_:users"),
                text.entries().stream().map(UsersText.Entry::value).toList());
    }
}
