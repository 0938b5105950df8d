package gatepost.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** The folder of the journal's files. The journal knows the disk by this alone, so that tests can give it one that fails. */
interface Disk {

    /** @return all files that are there, in no order; makes the folder when it is missing */
    List<Path> files() throws IOException;

    /** @return the path of a file of that name, which need not exist */
    Path path(String name);

    /** Makes a file of no bytes. @throws IOException also when there is one of that name */
    Content create(Path file) throws IOException;

    Content open(Path file) throws IOException;

    /** Gives a file another name, which it has for good when this returns. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file, which is gone for good when this returns. None of that name is no failure. */
    void delete(Path file) throws IOException;

    /** What is in an open file. One thread writes; any thread reads meanwhile. */
    interface Content extends AutoCloseable {

        long size() throws IOException;

        /** Writes all bytes there, of which a failure may leave any on the disk. */
        void write(ByteBuffer bytes, long position) throws IOException;

        /** @return so many bytes from there, fewer where the file ends; may take as long as the disk does */
        ByteBuffer read(long position, int length) throws IOException;

        void truncate(long size) throws IOException;

        /**
         * Returns when all that was written is on the disk.
         *
         * @throws IOException when it may not be; then no later call brings it there
         */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }
}
