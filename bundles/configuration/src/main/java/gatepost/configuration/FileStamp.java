package gatepost.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What tells one state of a file from another without reading it. A symbolic link stands for the file that it leads to, so that a
 * secret replaced by swapping links counts as changed. Two files of the same size and time differ by what the file system knows them
 * by; one that was written in place and given its old time back, by when the file system changed its entry.
 *
 * @param size bytes; -1 when there is no such file
 * @param modified when it was last written, as far as nobody set it to another time
 * @param changed when the file system last changed anything of it; null where it does not say
 * @param key what the file system knows it by; null where it has no such thing
 */
public record FileStamp(long size, FileTime modified, Object changed, Object key) {

    private static final FileStamp ABSENT = new FileStamp(-1, FileTime.fromMillis(0), null, null);

    /** @return its state now; that of a file which cannot be looked at is that of one which is not there */
    public static FileStamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(attributes.size(), attributes.lastModifiedTime(), changed(file), attributes.fileKey());
        } catch (IOException e) {
            return ABSENT; // gone or unreadable: whoever reads it next says so with the file's name
        }
    }

    /** Whether there is such a file. */
    public boolean exists() {
        return size >= 0;
    }

    /** Whether there is something to read: an empty file is a file that is being written. */
    public boolean hasContent() {
        return size > 0;
    }

    private static Object changed(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? Files.getAttribute(file, "unix:ctime")
                : null;
    }
}
