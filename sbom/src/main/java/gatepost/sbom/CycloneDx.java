package gatepost.sbom;

import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Evidence;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.component.evidence.Occurrence;
import org.cyclonedx.util.LicenseResolver;

/**
 * The document: each jar of the archive is a component, and what is in it is a component of that. The same jars give the same bytes:
 * the time is that of the build's configuration, and there is no serial number.
 */
final class CycloneDx {

    private static final Pattern APACHE =
            Pattern.compile("https?://www\\.apache\\.org/licenses/LICENSE-2\\.0(\\.\\w+)?");

    private CycloneDx() {}

    static String document(String version, Instant time, List<Jar> jars) throws GeneratorException {
        Metadata metadata = new Metadata();
        metadata.setTimestamp(Date.from(time));
        metadata.setComponent(gatepost(version));
        Bom bom = new Bom();
        bom.setMetadata(metadata);
        bom.setComponents(jars.stream()
                .sorted(Comparator.comparing(Jar::path))
                .map(CycloneDx::component)
                .toList());
        return BomGeneratorFactory.createJson(Version.VERSION_16, bom).toJsonString() + "\n";
    }

    private static Component gatepost(String version) {
        Component gatepost = new Component();
        gatepost.setType(Component.Type.APPLICATION);
        gatepost.setBomRef("gatepost");
        gatepost.setName("gatepost");
        gatepost.setVersion(version);
        gatepost.setPurl("pkg:generic/gatepost@" + version);
        gatepost.setLicenses(licences(List.of("Apache-2.0")));
        return gatepost;
    }

    private static Component component(Jar jar) {
        Component component = library(jar.coordinates(), jar.licences(), jar.path());
        component.addHash(new Hash(Hash.Algorithm.SHA_256, jar.sha256()));
        jar.jars().forEach(inside -> component.addComponent(component(inside)));
        jar.merged()
                .forEach(inside -> component.addComponent(library(
                        inside.coordinates(),
                        inside.licences(),
                        jar.path() + "!/" + inside.coordinates().purl())));
        Occurrence place = new Occurrence();
        place.setLocation(jar.path());
        Evidence evidence = new Evidence();
        evidence.addOccurrence(place);
        component.setEvidence(evidence);
        return component;
    }

    private static Component library(Coordinates coordinates, List<String> licences, String reference) {
        Component library = new Component();
        library.setType(Component.Type.LIBRARY);
        library.setBomRef(reference);
        library.setGroup(coordinates.group());
        library.setName(coordinates.artifact());
        library.setVersion(coordinates.version());
        library.setPurl(coordinates.purl());
        if (!licences.isEmpty()) {
            library.setLicenses(licences(licences));
        }
        return library;
    }

    private static LicenseChoice licences(List<String> said) {
        LicenseChoice choice = new LicenseChoice();
        said.forEach(text -> choice.addLicense(licence(text)));
        return choice;
    }

    /** @return with the id of SPDX where it is known by that, else as the jar says it */
    private static License licence(String text) {
        // the resolver knows this one by its other names only
        LicenseChoice known = LicenseResolver.resolve(APACHE.matcher(text).matches() ? "Apache-2.0" : text, false);
        if (known != null && known.getLicenses() != null && !known.getLicenses().isEmpty()) {
            return known.getLicenses().get(0);
        }
        License licence = new License();
        licence.setName(text);
        return licence;
    }
}
