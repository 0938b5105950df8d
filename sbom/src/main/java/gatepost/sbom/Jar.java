package gatepost.sbom;

import java.util.List;

/**
 * A jar in the archive.
 *
 * @param path where it is: in the archive, or after the path of the jar that it is in and {@code !/}
 * @param sha256 of the file, in hexadecimal
 * @param licences as it names them itself: a name, an SPDX id or a URL each; none when it names none
 * @param jars that are in it as files
 * @param merged what has been copied into it, class by class, as far as it says so
 */
record Jar(
        String path,
        Coordinates coordinates,
        String sha256,
        List<String> licences,
        List<Jar> jars,
        List<Merged> merged) {

    Jar {
        licences = List.copyOf(licences);
        jars = List.copyOf(jars);
        merged = List.copyOf(merged);
    }

    /** A library whose classes are among those of the jar, and that is no file any more. */
    record Merged(Coordinates coordinates, List<String> licences) {

        Merged {
            licences = List.copyOf(licences);
        }
    }
}
