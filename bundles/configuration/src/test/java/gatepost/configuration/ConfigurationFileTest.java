package gatepost.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFileTest {

    @TempDir
    private Path folder;

    @Test
    void findsKeysThatAreThereMoreThanOnceHoweverTheyAreWritten() throws IOException {
        ConfigurationFile file = read("""
                # a = comment
                a = 1
                b : 2
                 a=3
                c 4
                d = \\
                  5
                \\u0062 = 6
                grün = ü
                """);
        assertEquals(Set.of("a", "b"), file.duplicates());
        assertEquals(Map.of("a", "3", "b", "6", "c", "4", "d", "5", "grün", "ü"), file.values());
        assertEquals(
                List.of(
                        "etc/f.cfg: a: the key is there more than once",
                        "etc/f.cfg: b: the key is there more than once"),
                words(file));
    }

    @Test
    void aFileThatCannotBeReadIsAnError() {
        assertThrows(IOException.class, () -> ConfigurationFile.read(folder.resolve("none"), "etc/none"));
    }

    @Test
    void aByteThatIsNotUtf8IsToldWithItsLineAndHidesNothingElse() throws IOException {
        ConfigurationFile file =
                read("# für alle\na = 1\nb = x\ny = \\\n  ü\na = 2\n", StandardCharsets.ISO_8859_1.name());
        assertEquals(
                List.of(
                        "etc/f.cfg: line 1: line 1 is not UTF-8, in which files in etc are written",
                        "etc/f.cfg: y: line 5 is not UTF-8, in which files in etc are written",
                        "etc/f.cfg: a: the key is there more than once"),
                words(file));
    }

    @Test
    void anEscapeWithoutFourDigitsIsToldWithItsKeyAndHidesNothingElse() throws IOException {
        ConfigurationFile file =
                read("data = C:\\users\\gatepost\n# \\u in a comment\na = \\u00e4\na = \\\\users\nb = \\u00\n");
        assertEquals(
                List.of(
                        "etc/f.cfg: data = \\users: expected four hexadecimal digits after \\u in line 1; a backslash itself is written \\\\",
                        "etc/f.cfg: b = \\u00: expected four hexadecimal digits after \\u in line 5; a backslash itself is written \\\\",
                        "etc/f.cfg: a: the key is there more than once"),
                words(file));
    }

    @Test
    void aByteOrderMarkAndXmlAreToldForWhatTheyAre() throws IOException {
        assertTrue(words(read("\uFEFFa = 1\n")).get(0).contains("byte order mark"));
        assertTrue(words(read("<?xml version='1.0'?><properties/>")).get(0).contains("XML"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${env:NOPE}",
                "queue://${env:NOPE}>",
                "${nope.at.all}",
                "${env:${env:NOPE}}",
                "${other}",
                "a${env:NOPE:-}${env:NOPE}"
            })
    void aPlaceholderThatIsNotSetIsRefused(String value) throws IOException {
        List<String> problems = words(read("key = " + value + "\nother = ${env:NOPE}\n"));
        assertTrue(
                problems.stream()
                        .anyMatch(
                                problem -> problem.startsWith("etc/f.cfg: key = ${") && problem.contains("is not set")),
                problems.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${env:NOPE:-x}",
                "${env:NOPE:-}",
                "${env:PATH}",
                "${java.version}",
                "${other}",
                "{user}",
                "$5",
                "${"
            })
    void aPlaceholderWithADefaultOrAValueIsTaken(String value) throws IOException {
        assertEquals(List.of(), words(read("key = " + value + "\nother = here\n")));
    }

    @Test
    void whoWritesADollarBeforeTheUserIsToldHowItIsWritten() throws IOException {
        assertEquals(
                List.of(
                        "etc/f.cfg: entry.own = ${user}: it names a setting, and there is none: the name of the user who asks "
                                + "is written {user}"),
                words(read("entry.own = queue://user.${user} read=users\n")));
    }

    @Test
    void aPlaceholderThatStandsForItselfIsRefused() throws IOException {
        assertEquals(1, read("a = ${a}\n").problems().size());
    }

    private static List<String> words(ConfigurationFile file) {
        return file.problems().stream().map(Problem::toString).toList();
    }

    private ConfigurationFile read(String text) throws IOException {
        return read(text, "UTF-8");
    }

    private ConfigurationFile read(String text, String charset) throws IOException {
        return ConfigurationFile.read(Files.write(folder.resolve("f.cfg"), text.getBytes(charset)), "etc/f.cfg");
    }
}
