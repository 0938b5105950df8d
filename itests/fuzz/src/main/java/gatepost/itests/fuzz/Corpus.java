package gatepost.itests.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Inputs that are kept: those that a person thought of, and those that once found a fault. */
final class Corpus {

    private Corpus() {}

    /** @return every input of the target's folder, in the order of their names */
    static List<byte[]> of(Target target) {
        URL folder = Corpus.class.getClassLoader().getResource(target.folder());
        if (folder == null) {
            throw new IllegalStateException("there is no folder " + target.folder());
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            List<byte[]> inputs = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
            return inputs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
