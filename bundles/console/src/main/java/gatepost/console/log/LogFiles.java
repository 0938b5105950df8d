package gatepost.console.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** A log: the file that is written, and those that it was before. */
final class LogFiles {

    private final Path folder;
    private final String name;
    private final Pattern rotated;

    /**
     * One of them.
     *
     * @param key what the file system knows it by, whatever it is called by now
     * @param written when it was last written, milliseconds since 1970
     */
    record LogFile(Path path, String key, long written) {}

    /** @param name without {@code .log}: of {@code audit} there are {@code audit.log}, {@code audit-1.log} and {@code audit.log.1} */
    LogFiles(Path folder, String name) {
        this.folder = folder;
        this.name = name;
        this.rotated = Pattern.compile(Pattern.quote(name) + "(-\\d{1,6}\\.log|\\.log\\.\\d{1,6})");
    }

    /** @return them, the one that is written first, then those that were written last */
    List<LogFile> newestFirst() throws IOException {
        List<LogFile> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, name + "*")) {
            for (Path path : all) {
                if (rotated.matcher(path.getFileName().toString()).matches()) {
                    add(files, path);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        files.sort(Comparator.comparingLong(LogFile::written).reversed());
        List<LogFile> ordered = new ArrayList<>();
        add(ordered, folder.resolve(name + ".log"));
        // it may have been renamed in between, and be there twice
        files.stream()
                .filter(file -> ordered.stream().noneMatch(same -> same.key().equals(file.key())))
                .forEach(ordered::add);
        return ordered;
    }

    private static void add(List<LogFile> files, Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                String key = attributes.fileKey() == null
                        ? path.getFileName().toString()
                        : Integer.toHexString(attributes.fileKey().hashCode());
                files.add(new LogFile(path, key, attributes.lastModifiedTime().toMillis()));
            }
        } catch (NoSuchFileException e) {
            // it went while the folder was read
        }
    }
}
