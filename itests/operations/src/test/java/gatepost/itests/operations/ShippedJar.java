package gatepost.itests.operations;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A jar of the distribution, or one in it.
 *
 * @param path in the distribution; of a jar in another, after that one's and {@code !/}
 */
record ShippedJar(String path, String sha256, Set<String> files) {

    /** @return by path, those in jars included */
    static Map<String, ShippedJar> allOf(Path home) throws IOException {
        Map<String, ShippedJar> jars = new TreeMap<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file :
                    files.filter(any -> any.toString().endsWith(".jar")).toList()) {
                Path path = home.relativize(file);
                // what runs has copies of its own there
                if (!path.startsWith("data")) {
                    read(path.toString(), Files.readAllBytes(file), jars);
                }
            }
        }
        return jars;
    }

    private static void read(String path, byte[] bytes, Map<String, ShippedJar> jars) {
        Set<String> files = new TreeSet<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.add(entry.getName());
                if (entry.getName().endsWith(".jar")) {
                    read(path + "!/" + entry.getName(), zip.readAllBytes(), jars);
                }
            }
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
            jars.put(path, new ShippedJar(path, HexFormat.of().formatHex(sum), files));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
