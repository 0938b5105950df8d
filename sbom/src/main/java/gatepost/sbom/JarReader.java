package gatepost.sbom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Finds out what a jar is, and what is in it, from nothing but the jar. */
final class JarReader {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final Pattern DESCRIPTOR = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.(properties|xml)");
    /** The header by which the bundles say what the jars in them are. */
    private static final Pattern EMBEDDED =
            Pattern.compile("([^;,\"]+);g=\"([^\"]+)\";a=\"([^\"]+)\";v=\"([^\"]+)\"[^,]*");

    private final String path;
    private final byte[] bytes;
    private final Map<String, byte[]> inside = new TreeMap<>();
    private Manifest manifest = new Manifest();

    private JarReader(String path, byte[] bytes) throws IOException {
        this.path = path;
        this.bytes = bytes;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (name.equals(MANIFEST)) {
                    manifest = new Manifest(new ByteArrayInputStream(zip.readAllBytes()));
                } else if (name.endsWith(".jar") || DESCRIPTOR.matcher(name).matches()) {
                    inside.put(name, zip.readAllBytes());
                }
            }
        }
    }

    /** @throws IOException when it cannot be read, or nothing says what it, or a jar in it, is */
    static Jar read(String path, byte[] bytes) throws IOException {
        return new JarReader(path, bytes).jar(Coordinates.ofPlace(path));
    }

    private Jar jar(Optional<Coordinates> known) throws IOException {
        List<Coordinates> described = described();
        Coordinates own = known.or(() -> described.stream()
                        .filter(coordinates -> coordinates.isNameOf(path))
                        .findFirst())
                .orElseThrow(
                        () -> new IOException(
                                path + " has no coordinates: it is not in a Maven repository, the bundle that it is"
                                        + " in does not name it in Embedded-Artifacts, and no pom.properties in it has the name of the file"));
        List<Jar.Merged> merged = new ArrayList<>();
        for (Coordinates other : described) {
            if (!other.isAnotherVersionOf(own)) {
                merged.add(new Jar.Merged(other, pomLicences(other)));
            }
        }
        List<String> licences = Licences.ofHeader(manifest.getMainAttributes().getValue("Bundle-License"));
        return new Jar(path, own, sha256(), licences.isEmpty() ? pomLicences(own) : licences, jars(), merged);
    }

    private List<Coordinates> described() throws IOException {
        List<Coordinates> described = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : inside.entrySet()) {
            if (file.getKey().endsWith(".properties")) {
                Properties pom = new Properties();
                pom.load(new ByteArrayInputStream(file.getValue()));
                Coordinates.of(pom).ifPresent(described::add);
            }
        }
        return described;
    }

    private List<Jar> jars() throws IOException {
        Map<String, Coordinates> named = embedded();
        List<Jar> jars = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : inside.entrySet()) {
            if (file.getKey().endsWith(".jar")) {
                jars.add(new JarReader(path + "!/" + file.getKey(), file.getValue())
                        .jar(Optional.ofNullable(named.get(file.getKey()))));
            }
        }
        return jars;
    }

    private Map<String, Coordinates> embedded() {
        Map<String, Coordinates> embedded = new TreeMap<>();
        String header = manifest.getMainAttributes().getValue("Embedded-Artifacts");
        Matcher clause = EMBEDDED.matcher(header == null ? "" : header);
        while (clause.find()) {
            embedded.put(clause.group(1), new Coordinates(clause.group(2), clause.group(3), clause.group(4)));
        }
        return embedded;
    }

    private List<String> pomLicences(Coordinates of) throws IOException {
        byte[] pom = inside.get("META-INF/maven/" + of.group() + "/" + of.artifact() + "/pom.xml");
        return pom == null ? List.of() : Licences.ofPom(pom);
    }

    private String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
