package gatepost.sbom;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** What Maven calls a jar. */
record Coordinates(String group, String artifact, String version) {

    private static final String REPOSITORY = "system/";

    /** @return of a jar in the folder that is laid out as a Maven repository; empty for any other */
    static Optional<Coordinates> ofPlace(String path) {
        if (!path.startsWith(REPOSITORY)) {
            return Optional.empty();
        }
        List<String> steps = List.of(path.substring(REPOSITORY.length()).split("/"));
        int group = steps.size() - 3;
        if (group < 1) {
            return Optional.empty();
        }
        Coordinates found =
                new Coordinates(String.join(".", steps.subList(0, group)), steps.get(group), steps.get(group + 1));
        return Optional.of(found).filter(coordinates -> coordinates.isNameOf(path));
    }

    /** @return as a {@code pom.properties} says; empty when it does not say all three */
    static Optional<Coordinates> of(Properties pom) {
        String group = pom.getProperty("groupId");
        String artifact = pom.getProperty("artifactId");
        String version = pom.getProperty("version");
        return group == null || artifact == null || version == null
                ? Optional.empty()
                : Optional.of(new Coordinates(group, artifact, version));
    }

    /** @return whether a file has the name that Maven gives to this jar */
    boolean isNameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1).equals(artifact + "-" + version + ".jar");
    }

    boolean isAnotherVersionOf(Coordinates other) {
        return group.equals(other.group) && artifact.equals(other.artifact);
    }

    String purl() {
        try {
            return new PackageURL("maven", group, artifact, version, null, null).canonicalize();
        } catch (MalformedPackageURLException e) {
            throw new IllegalStateException(this + " cannot be written as a package URL: " + e.getMessage(), e);
        }
    }
}
