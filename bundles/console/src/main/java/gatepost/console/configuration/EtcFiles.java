package gatepost.console.configuration;

import gatepost.console.web.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The files in {@code etc} that Gatepost takes its configuration from. A name counts only when there is such a file in the folder at that
 * moment: what a client sends never becomes a path. Safe for use by several threads.
 */
final class EtcFiles {

    /** A larger file is changed by hand. */
    static final int LARGEST = 64 * 1024;

    private static final Pattern NAME = Pattern.compile("gatepost\\.[A-Za-z0-9._-]+\\.cfg");
    private static final String BEGUN = ".gatepost-console-";

    private final Path etc;

    /** What is in a file, and what tells this state of it from others. */
    record Content(String text, String version) {}

    EtcFiles(Path etc) {
        this.etc = etc;
    }

    /** @return the names of those that are there */
    SortedSet<String> names() throws IOException {
        SortedSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(etc, "gatepost.*.cfg")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (NAME.matcher(name).matches() && Files.isRegularFile(file)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** @throws Refused when it is too large, or no text */
    Content read(String name) throws IOException, Refused {
        Path file = file(name);
        if (Files.size(file) > LARGEST) {
            throw new Refused(
                    HttpServletResponse.SC_CONFLICT,
                    "etc/" + name + " has more than " + LARGEST / 1024 + " KiB: change it with an editor.");
        }
        byte[] bytes = Files.readAllBytes(file);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Content(text, version(bytes));
        } catch (CharacterCodingException e) {
            throw new Refused(
                    HttpServletResponse.SC_CONFLICT, "etc/" + name + " is not UTF-8: mend it with an editor first.");
        }
    }

    /**
     * Puts another text in the place of a file's, as one whole, with the owner, the group and the mode that the file has.
     *
     * @param version that of the text which is replaced
     * @return the version of the new text
     * @throws Refused when the file is another one by now, or cannot be replaced without becoming something else
     */
    synchronized String replace(String name, String version, String text) throws IOException, Refused {
        Path file = file(name);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LARGEST) {
            throw new Refused(
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "etc/" + name + " would have " + bytes.length + " bytes: at most " + LARGEST
                            + " are changed here.");
        }
        mayBeReplaced(file, name);
        Path begun = null;
        try {
            begun = Files.createTempFile(etc, BEGUN, ".part");
            likeThat(file, begun);
            write(begun, bytes);
            // last, so that as little as can be lies between looking and replacing
            if (!version.equals(version(Files.readAllBytes(file)))) {
                throw changed(name);
            }
            Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Refused(
                    HttpServletResponse.SC_CONFLICT,
                    "etc/" + name + " cannot be replaced by the account that Gatepost runs as: " + e + ".");
        } finally {
            if (begun != null) {
                Files.deleteIfExists(begun);
            }
        }
        return version(bytes);
    }

    static Refused changed(String name) {
        return new Refused(
                HttpServletResponse.SC_CONFLICT,
                "etc/" + name + " has changed since you read it. Read it again first.");
    }

    private Path file(String name) throws IOException, Refused {
        if (!names().contains(name)) {
            throw new Refused(
                    HttpServletResponse.SC_NOT_FOUND,
                    "There is no such file among those of Gatepost in etc. There are: " + String.join(", ", names())
                            + ".");
        }
        return etc.resolve(name);
    }

    /** A file that is a link would no longer be one afterwards, and what it was linked to would stay as it is. */
    private static void mayBeReplaced(Path file, String name) throws IOException, Refused {
        boolean linked = Files.isSymbolicLink(file)
                || file.getFileSystem().supportedFileAttributeViews().contains("unix")
                        && (Integer) Files.getAttribute(file, "unix:nlink") > 1;
        if (linked) {
            throw new Refused(
                    HttpServletResponse.SC_CONFLICT,
                    "etc/" + name + " is a link: change the file where it comes from.");
        }
        if (!Files.isWritable(file)) {
            throw new Refused(
                    HttpServletResponse.SC_CONFLICT,
                    "etc/" + name + " may not be written by the account that Gatepost runs as.");
        }
    }

    private static void likeThat(Path file, Path begun) throws IOException {
        PosixFileAttributeView to = Files.getFileAttributeView(begun, PosixFileAttributeView.class);
        if (to == null) {
            return; // a system without owners and modes of files
        }
        PosixFileAttributes from = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributes now = to.readAttributes();
        if (!now.owner().equals(from.owner())) {
            to.setOwner(from.owner());
        }
        if (!now.group().equals(from.group())) {
            to.setGroup(from.group());
        }
        to.setPermissions(from.permissions());
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private static String version(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
