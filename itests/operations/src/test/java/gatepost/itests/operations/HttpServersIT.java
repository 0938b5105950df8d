package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who serves HTTP in the one process: Netty and Jetty, as docs/architecture.md says, and nobody else. */
@ExtendWith(Suite.class)
class HttpServersIT {

    private static final String OF_JAVA = "com/sun/net/httpserver";
    private static final String OF_JETTY = "org/eclipse/jetty/server/Server";
    private static final String OF_NETTY = "io/netty/handler/codec/http/HttpServerCodec";

    @Test
    void noClassUsesJavasOwnServerAndJettyIsInOneJar() throws IOException {
        assertEquals(Set.of(), users(OF_JAVA));
        assertEquals(Set.of("jetty"), users(OF_JETTY));
        assertTrue(users(OF_NETTY).contains("transport"), () -> "the search finds what is there");
    }

    /** @return the jars that have a class in them which names that one; without their versions */
    private static Set<String> users(String type) throws IOException {
        Set<String> users = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Suite.gatepost().home())) {
            Path copies = Suite.gatepost().home().resolve("data");
            for (Path file : files.filter(any -> any.toString().endsWith(".jar") && !any.startsWith(copies))
                    .toList()) {
                if (isUsed(Files.readAllBytes(file), type)) {
                    users.add(file.getFileName().toString().replaceFirst("-[0-9].*", ""));
                }
            }
        }
        return users;
    }

    private static boolean isUsed(byte[] jar, String type) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (name.endsWith(".jar")
                        ? isUsed(zip.readAllBytes(), type)
                        : name.endsWith(".class") && names(zip, type)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The names of classes are written in a class as they are. */
    private static boolean names(ZipInputStream zip, String type) throws IOException {
        return new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1).contains(type);
    }
}
