package gatepost.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.CriticalThread;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final int SEGMENT = 4096;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SimulatedDisk disk = new SimulatedDisk(new Random(1));
    private final Journal journal = new Journal(disk, SEGMENT, new SpareSegment(disk, Runnable::run));

    @Test
    void whateverItDoesNotCatchIsToldToAllWhoWaitAndEndsTheProcess() throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        GroupCommit commits = started((thread, reason) -> ended.complete(reason));
        Write before = new Write(1);
        commits.submit(before);
        before.await(30, TimeUnit.SECONDS);
        assertTrue(commits.problem().isEmpty());

        Error error = new StackOverflowError("of a test");
        Write fatal = new Write(2) {
            @Override
            public boolean encode(Batch batch) {
                throw error;
            }
        };
        commits.submit(fatal);

        assertEquals(error, ended.get(30, TimeUnit.SECONDS));
        assertTrue(commits.problem().orElseThrow().contains("StackOverflowError"));
        Write after = new Write(3);
        commits.submit(after);
        assertTrue(after.failure().isPresent());
        Write delayed = new Write(4);
        commits.submitDelayed(delayed);
        assertTrue(delayed.failure().isPresent());
        assertTimeoutPreemptively(PATIENCE, commits::stop);
    }

    @Test
    void thoseWhoWaitedAlreadyAreTold() throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        GroupCommit commits =
                new GroupCommit(journal, new Nothing(), System::nanoTime, (thread, reason) -> ended.complete(reason));
        journal.open(new NoReplay());
        Write first = new Write(1);
        Write fatal = new Write(2) {
            @Override
            public boolean encode(Batch batch) {
                throw new StackOverflowError("of a test");
            }
        };
        Write behind = new Write(3);
        List.of(first, fatal, behind).forEach(commits::submit);

        commits.start();

        assertTrue(ended.get(30, TimeUnit.SECONDS) instanceof StackOverflowError);
        assertTrue(first.failure().isPresent());
        assertTrue(fatal.failure().isPresent());
        assertTrue(behind.failure().isPresent());
    }

    @Test
    void whatCannotBeEncodedIsRefusedAndNothingElse() throws Exception {
        GroupCommit commits = new GroupCommit(journal, new Nothing());
        journal.open(new NoReplay());
        Write first = new Write(1);
        Write broken = new Write(2) {
            @Override
            public boolean encode(Batch batch) {
                super.encode(batch);
                throw new IllegalStateException("half of it is there");
            }
        };
        Write last = new Write(3);
        List.of(first, broken, last).forEach(commits::submit);
        commits.open();

        commits.turn(true);

        assertTrue(first.isSafe() && last.isSafe());
        assertTrue(broken.failure().isPresent());
        assertEquals(2, records());
    }

    @Test
    void itEndsThoughTheDiskTakesNothingAndRemovalsWouldBeTriedForEver() throws Exception {
        GroupCommit commits = started((thread, reason) -> {});
        Write stubborn = new Write(1) {
            @Override
            public void lost(IOException reason) {
                commits.retry(this, reason);
            }
        };
        disk.failing(1);
        commits.submit(stubborn);
        Awaitility.await().until(() -> commits.problem().isPresent());

        assertTimeoutPreemptively(PATIENCE, commits::stop);
        assertTrue(stubborn.failure().isPresent());
    }

    @Test
    void whatNobodyWaitsForIsSyncedAfterASecondThoughNothingElseComes() throws Exception {
        SimulatedJournal simulated = new SimulatedJournal(disk, SEGMENT);
        GroupCommit commits = simulated.commits(new Nothing());
        simulated.journal().open(new NoReplay());
        simulated.open();
        Write leisurely = new Write(1) {
            @Override
            public boolean isUrgent() {
                return false;
            }
        };
        commits.submit(leisurely);
        simulated.turn(false);
        simulated.pass(TimeUnit.MILLISECONDS.toNanos(5));
        simulated.turn(false);
        assertFalse(leisurely.isSettled(), "it is written, and not synced");

        simulated.pass(TimeUnit.SECONDS.toNanos(1));
        simulated.turn(false);

        assertTrue(leisurely.isSafe());
    }

    private int records() throws IOException {
        int[] count = {0};
        new Journal(disk, SEGMENT, new SpareSegment(disk, Runnable::run)).open(new NoReplay() {
            @Override
            public void remove(long queue, long sequence) {
                count[0]++;
            }
        });
        return count[0];
    }

    private GroupCommit started(CriticalThread.Ending ending) throws IOException {
        GroupCommit commits = new GroupCommit(journal, new Nothing(), System::nanoTime, ending);
        journal.open(new NoReplay());
        commits.start();
        return commits;
    }

    private static class Write extends Operation {

        private final long sequence;

        Write(long sequence) {
            this.sequence = sequence;
        }

        @Override
        public boolean encode(Batch batch) {
            batch.remove(1, sequence);
            return true;
        }

        @Override
        public void written(Written where) {
            // nothing to note
        }

        @Override
        public void lost(IOException reason) {
            failed(reason);
        }
    }

    private static class NoReplay implements Replay {

        @Override
        public void queue(long queue, String name, long location) {
            throw new AssertionError(name);
        }

        @Override
        public void add(long queue, long sequence, long expiration, ByteBuffer message, long location) {
            throw new AssertionError(sequence);
        }

        @Override
        public void remove(long queue, long sequence) {
            // as it was written
        }

        @Override
        public void drop(long queue) {
            throw new AssertionError(queue);
        }
    }

    private static final class Nothing implements Cleaning.Owner {

        @Override
        public boolean isLive(long queue, long sequence, long location) {
            return false;
        }

        @Override
        public boolean isLive(long queue, long location) {
            return false;
        }

        @Override
        public void moved(long queue, long sequence, long from, long to) {
            throw new AssertionError("nothing is needed");
        }

        @Override
        public void moved(long queue, long from, long to) {
            throw new AssertionError("nothing is needed");
        }

        @Override
        public List<Cleaning.Definition> lost(Cleaning.Extent file) {
            return List.of();
        }
    }
}
