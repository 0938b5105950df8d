package gatepost.authorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    }

    @Test
    void aFileThatCannotBeReadIsAnError() {
        assertThrows(IOException.class, () -> ConfigurationFile.read(folder.resolve("none")));
        assertThrows(IOException.class, () -> read("a = \\u00zz"));
    }

    private ConfigurationFile read(String text) throws IOException {
        return ConfigurationFile.read(Files.writeString(folder.resolve("f.cfg"), text));
    }
}
