package gatepost.sbom;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.cyclonedx.exception.GeneratorException;

/** Reads an archive as it is shipped and writes down what is in it. The build runs it; a jar of which nothing is known ends the build. */
public final class BillOfMaterials {

    private BillOfMaterials() {}

    /** @param arguments the archive, a zip with one top folder; the file to write; Gatepost's version; the time, as in ISO 8601 */
    public static void main(String[] arguments) throws IOException, GeneratorException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException(
                    "expected an archive, the file to write, a version and a time, got " + List.of(arguments));
        }
        String document = CycloneDx.document(arguments[2], Instant.parse(arguments[3]), jars(Path.of(arguments[0])));
        Files.write(Path.of(arguments[1]), document.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IOException when there is none, or one cannot be told what it is */
    static List<Jar> jars(Path archive) throws IOException {
        List<Jar> jars = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".jar")) {
                    jars.add(JarReader.read(
                            entry.getName().substring(entry.getName().indexOf('/') + 1), zip.readAllBytes()));
                }
            }
        }
        if (jars.isEmpty()) {
            throw new IOException(archive + " has no jar in it: expected the zip of the distribution");
        }
        return jars;
    }
}
