package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the archive, and what lies beside it. */
@ExtendWith(Suite.class)
class ShippedIT {

    /** What nothing needs, what nothing should use, and what has known holes. */
    private static final Pattern UNWANTED = Pattern.compile("(?i).*(logback|org\\.eclipse\\.osgi"
            + "|pax-web-[^f]|http\\.jetty12|sshd-[a-z]+-2\\.1[0-8]\\.|jdk18on-1\\.(7\\d|8[0-4])|activemq-(stomp|jdbc)).*");

    private final Path archive = Path.of(System.getProperty("gatepost.distribution")).toAbsolutePath().normalize();

    @Test
    void whatNothingNeedsIsNotThere() throws IOException {
        assertEquals(List.of(), jars().stream().filter(jar -> UNWANTED.matcher(jar).matches()).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {".tar.gz", ".zip"})
    void theSumBesideAnArchiveIsItsSum(String ending) throws Exception {
        Path file = beside(".tar.gz", ending);
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        String beside = Files.readString(beside(".tar.gz", ending + ".sha256"), StandardCharsets.UTF_8);
        assertEquals(HexFormat.of().formatHex(sum) + " *" + file.getFileName(), beside.strip());
    }

    private Path beside(String ending, String other) {
        return archive.resolveSibling(archive.getFileName().toString().replace(ending, other));
    }

    private static Set<String> jars() throws IOException {
        Set<String> jars = new TreeSet<>();
        for (String folder : List.of("lib", "system")) {
            try (Stream<Path> files = Files.walk(Suite.gatepost().home().resolve(folder))) {
                files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jar")).forEach(jars::add);
            }
        }
        return jars;
    }
}
