package gatepost.itests.operations;

import gatepost.itests.harness.Gatepost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** How a file in etc may come to say something else. */
enum WayToChange {
    IN_PLACE {
        @Override
        Place in(Gatepost gatepost, String file, Path elsewhere) {
            return Place.of(
                    text -> Files.writeString(gatepost.etc(file), text),
                    text -> Files.writeString(gatepost.etc(file), text));
        }
    },
    RENAMED_OVER {
        @Override
        Place in(Gatepost gatepost, String file, Path elsewhere) {
            return Place.of(text -> gatepost.write(file, text), text -> gatepost.write(file, text));
        }
    },
    /** As Kubernetes does with a ConfigMap; both files have one size and one time. */
    SWITCHED_LINK {
        @Override
        Place in(Gatepost gatepost, String file, Path elsewhere) {
            Path etc = gatepost.etc("");
            return new Place() {
                private final Path data = etc.resolve("..data");

                @Override
                public void put(String text) throws IOException {
                    Files.deleteIfExists(data);
                    Files.createSymbolicLink(data, folder("..one", text));
                    Path link = Files.createSymbolicLink(etc.resolve("..link"), Path.of("..data", file));
                    Files.move(link, gatepost.etc(file), StandardCopyOption.ATOMIC_MOVE);
                }

                @Override
                public void change(String text) throws IOException {
                    Path next = Files.createSymbolicLink(etc.resolve("..next"), folder("..two", text));
                    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
                }

                private Path folder(String name, String text) throws IOException {
                    Path folder = Files.createDirectories(etc.resolve(name));
                    write(folder.resolve(file), text);
                    return folder.getFileName();
                }

                @Override
                public void close() throws IOException {
                    Files.copy(gatepost.etc(file), etc.resolve("..copy"));
                    Files.move(etc.resolve("..copy"), gatepost.etc(file), StandardCopyOption.ATOMIC_MOVE);
                    Files.deleteIfExists(data);
                    for (String name : new String[] {"..one", "..two"}) {
                        Files.deleteIfExists(etc.resolve(name).resolve(file));
                        Files.deleteIfExists(etc.resolve(name));
                    }
                }
            };
        }
    },
    /** Changed by its other name, and given the old time back. */
    HARD_LINK {
        @Override
        Place in(Gatepost gatepost, String file, Path elsewhere) {
            Path other = gatepost.home().resolve("other-name");
            return Place.of(
                    text -> {
                        write(other, text);
                        Path link = Files.createLink(gatepost.home().resolve("next-name"), other);
                        Files.move(link, gatepost.etc(file), StandardCopyOption.ATOMIC_MOVE);
                    },
                    text -> write(other, text));
        }
    },
    BIND_MOUNT {
        @Override
        Place in(Gatepost gatepost, String file, Path elsewhere) {
            Path one = elsewhere.resolve("one");
            Path two = elsewhere.resolve("two");
            return new Place() {
                private int mounts;

                @Override
                public void put(String text) throws Exception {
                    mount(one, text);
                }

                @Override
                public void change(String text) throws Exception {
                    mount(two, text);
                }

                private void mount(Path source, String text) throws Exception {
                    write(source, text);
                    // only who administers the machine may mount, which neither a container nor a user's build is
                    Assumptions.assumeTrue(
                            run(
                                            "mount",
                                            "--bind",
                                            source.toString(),
                                            gatepost.etc(file).toString())
                                    == 0,
                            "nothing can be mounted here");
                    mounts++;
                }

                @Override
                public void close() throws Exception {
                    for (; mounts > 0; mounts--) {
                        run("umount", gatepost.etc(file).toString());
                    }
                }
            };
        }
    },
    CONFIG_EDIT {
        @Override
        Place in(Gatepost gatepost, String file, Path elsewhere) {
            return Place.of(
                    text -> gatepost.write(file, text),
                    text -> gatepost.shell("config:edit " + pid(file) + "\nconfig:property-set entry.shared '"
                            + shared(text) + "'\nconfig:update"));
        }
    },
    /** The shell asks Config Admin for the one change, which is saved as well. */
    CONFIG_ADMIN {
        @Override
        Place in(Gatepost gatepost, String file, Path elsewhere) {
            return Place.of(
                    text -> gatepost.write(file, text),
                    text -> gatepost.shell(
                            "config:property-set --pid " + pid(file) + " entry.shared '" + shared(text) + "'"));
        }
    };

    private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    /** One file, which says one thing and then another; closing it leaves a plain file. */
    interface Place extends AutoCloseable {

        void put(String text) throws Exception;

        void change(String text) throws Exception;

        @Override
        default void close() throws Exception {}

        static Place of(Step put, Step change) {
            return new Place() {
                @Override
                public void put(String text) throws Exception {
                    put.run(text);
                }

                @Override
                public void change(String text) throws Exception {
                    change.run(text);
                }
            };
        }
    }

    interface Step {
        void run(String text) throws Exception;
    }

    abstract Place in(Gatepost gatepost, String file, Path elsewhere);

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, TIME);
    }

    private static String pid(String file) {
        return file.substring(0, file.lastIndexOf('.'));
    }

    private static String shared(String text) {
        Matcher line = Pattern.compile("(?m)^entry\\.shared = (.*)$").matcher(text);
        if (!line.find()) {
            throw new AssertionError("no entry.shared in " + text);
        }
        return line.group(1);
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }
}
