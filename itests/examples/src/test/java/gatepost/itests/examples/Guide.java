package gatepost.itests.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A text for people, and its fenced blocks. */
enum Guide {
    OPERATORS("docs/operators.md"),
    DEVELOPERS("docs/developers.md"),
    README("README.md");

    private final String file;

    Guide(String file) {
        this.file = file;
    }

    /**
     * A fenced block.
     *
     * @param heading what it stands under
     * @param language the first word of its info string, or nothing
     * @param source the file that the second word names, or nothing
     */
    record Block(String heading, String language, String source, String text) {

        @Override
        public String toString() {
            return heading + ": " + text.lines().findFirst().orElse("");
        }
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String heading = "";
        String[] info = null;
        StringBuilder text = new StringBuilder();
        for (String line : text().split("\n", -1)) {
            if (line.startsWith("```")) {
                if (info == null) {
                    info = (line.substring(3).trim() + "  ").split(" ", 3);
                    text.setLength(0);
                } else {
                    blocks.add(new Block(heading, info[0], info[1].trim(), text.toString()));
                    info = null;
                }
            } else if (info != null) {
                text.append(line).append('\n');
            } else if (line.startsWith("#")) {
                heading = line.replaceFirst("#+ *", "");
            }
        }
        return blocks;
    }

    /** @return the blocks under a heading, at least one */
    List<Block> block(String under) {
        List<Block> found =
                blocks().stream().filter(block -> block.heading().equals(under)).toList();
        if (found.isEmpty()) {
            throw new AssertionError(file + " has no block under the heading " + under);
        }
        return found;
    }

    Path file() {
        return Suite.ROOT.resolve(file);
    }

    String text() {
        return read(file());
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
