package gatepost.sbom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cyclonedx.Version;
import org.cyclonedx.model.Component;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillOfMaterialsTest {

    private static final String PLACE = "system/org/example/lib/1.2/lib-1.2.jar";

    @TempDir
    private Path folder;

    @Test
    void aJarOfTheRepositoryIsWhatItsPlaceSays() throws Exception {
        byte[] jar = zip(Map.of(
                "META-INF/MANIFEST.MF", text("Bundle-License: http://www.apache.org/licenses/LICENSE-2.0.txt\n")));
        Component component = only(Map.of("gatepost-1/" + PLACE, jar));

        assertEquals("pkg:maven/org.example/lib@1.2", component.getPurl());
        assertEquals(sum(jar), component.getHashes().get(0).getValue());
        assertEquals("Apache-2.0", component.getLicenses().getLicenses().get(0).getId());
        assertEquals(PLACE, component.getEvidence().getOccurrences().get(0).getLocation());
    }

    @Test
    void aJarElsewhereIsWhatItSaysItself() throws Exception {
        byte[] jar = zip(Map.of(
                "META-INF/maven/org.other/copied/pom.properties", pom("org.other", "copied", "7"),
                "META-INF/maven/org.example/lib/pom.properties", pom("org.example", "lib", "1.2"),
                "META-INF/maven/org.example/lib/pom.xml",
                        text("<project><licenses><license><name>MIT</name></license></licenses></project>")));
        Component component = only(Map.of("gatepost-1/lib/boot/lib-1.2.jar", jar));

        assertEquals("pkg:maven/org.example/lib@1.2", component.getPurl());
        assertEquals("MIT", component.getLicenses().getLicenses().get(0).getId());
        assertEquals(
                "pkg:maven/org.other/copied@7", component.getComponents().get(0).getPurl());
    }

    @Test
    void aJarOfWhichNothingSaysWhatItIsEndsTheBuild() throws Exception {
        Path archive = archive(Map.of("gatepost-1/lib/ext/unknown.jar", zip(Map.of("a", text("a")))));
        assertTrue(assertThrows(IOException.class, () -> BillOfMaterials.jars(archive))
                .getMessage()
                .startsWith("lib/ext/unknown.jar has no coordinates"));
    }

    @Test
    void whatIsInAJarIsListedWithIt() throws Exception {
        byte[] inner = zip(Map.of("x/Y.class", text("x")));
        byte[] jar = zip(Map.of(
                "META-INF/MANIFEST.MF", text("Embedded-Artifacts: lib/in.jar;g=\"org.in\";a=\"in\";v=\"3\"\n"),
                "lib/in.jar", inner,
                "META-INF/maven/org.other/copied/pom.properties", pom("org.other", "copied", "7")));
        List<Component> inside = only(Map.of("gatepost-1/" + PLACE, jar)).getComponents();

        assertEquals(
                List.of("pkg:maven/org.in/in@3", "pkg:maven/org.other/copied@7"),
                inside.stream().map(Component::getPurl).toList());
        assertEquals(sum(inner), inside.get(0).getHashes().get(0).getValue());
        assertEquals(
                PLACE + "!/lib/in.jar",
                inside.get(0).getEvidence().getOccurrences().get(0).getLocation());
    }

    @Test
    void itIsValidAndTheSameWheneverTheJarsAre() throws Exception {
        Map<String, byte[]> jars = Map.of(
                "gatepost-1/" + PLACE,
                zip(Map.of("META-INF/MANIFEST.MF", text("Bundle-License: Own 1\n"))),
                "gatepost-1/system/org/example/a/1/a-1.jar",
                zip(Map.of("b", text("b"))));
        Path written = written(archive(jars));

        assertEquals(List.of(), new JsonParser().validate(written.toFile(), Version.VERSION_16));
        assertEquals(Files.readString(written), Files.readString(written(archive(jars))));
        assertTrue(Files.readString(written).contains("\"2026-11-01T00:00:00Z\""), Files.readString(written));
        assertFalse(Files.readString(written).contains("serialNumber"));
    }

    @Test
    void anArchiveWithoutJarsIsAMistake() throws Exception {
        Path archive = archive(Map.of("gatepost-1/README", text("a")));
        assertTrue(assertThrows(IOException.class, () -> BillOfMaterials.jars(archive))
                .getMessage()
                .contains("has no jar in it"));
    }

    @Test
    void aLicenceHeaderMayHaveQuotesAttributesAndSeveralLicences() {
        assertEquals(
                List.of("Apache License, Version 2.0"),
                Licences.ofHeader("\"Apache License, Version 2.0\";link=\"https://x\";description=\"a, b; c\""));
        assertEquals(List.of("https://a/", "https://b"), Licences.ofHeader("https://a/, https://b"));
        assertEquals(List.of(), Licences.ofHeader(null));
    }

    private Component only(Map<String, byte[]> files) throws Exception {
        List<Component> components =
                new JsonParser().parse(written(archive(files)).toFile()).getComponents();
        assertEquals(1, components.size());
        return components.get(0);
    }

    private Path written(Path archive) throws Exception {
        Path written = Files.createTempFile(folder, "bill", ".cdx.json");
        BillOfMaterials.main(new String[] {archive.toString(), written.toString(), "1", "2026-11-01T00:00:00Z"});
        return written;
    }

    private Path archive(Map<String, byte[]> files) throws IOException {
        return Files.write(Files.createTempFile(folder, "gatepost", ".zip"), zip(files));
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] pom(String group, String artifact, String version) {
        return text("groupId=" + group + "\nartifactId=" + artifact + "\nversion=" + version + "\n");
    }

    private static byte[] text(String text) {
        return (text.startsWith("Bundle") || text.startsWith("Embedded") ? "Manifest-Version: 1.0\n" + text : text)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String sum(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
