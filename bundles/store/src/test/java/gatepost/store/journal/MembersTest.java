package gatepost.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MembersTest {

    private record Member(long queue, long sequence, byte flags) {}

    @Test
    void whatIsWrittenIsRead() {
        Random random = new Random(1);
        for (int run = 0; run < 200; run++) {
            long base = random.nextLong(1L << random.nextInt(1, 60));
            Members members = new Members(base);
            List<Member> written = new ArrayList<>();
            for (int count = random.nextInt(100); count > 0; count--) {
                long queue = random.nextLong(1L << random.nextInt(1, 60));
                long sequence = random.nextBoolean() ? base : random.nextLong(1L << random.nextInt(1, 60));
                byte flags = (byte) (random.nextBoolean() ? 0 : random.nextInt(16));
                members.add(queue, sequence, flags);
                written.add(new Member(queue, sequence, flags));
            }
            ByteBuffer bytes = ByteBuffer.allocate(members.size());
            members.write(bytes);
            assertEquals(0, bytes.remaining());

            Members found = Members.of(bytes.flip());

            assertEquals(base, found.base());
            assertEquals(written, all(found));
            assertEquals(written.size(), found.count());
            assertEquals(members.size(), found.size());
        }
    }

    @Test
    void aQueueAfterTheOtherTakesTwoBytes() {
        Members members = new Members(1L << 40);
        for (long queue = 1; queue <= 100_000; queue++) {
            members.add(queue, 1L << 40, (byte) 0);
        }
        assertTrue(members.size() < 200_100, members.size() + " bytes");
    }

    private static List<Member> all(Members members) {
        List<Member> all = new ArrayList<>();
        members.forEach((queue, sequence, flags) -> all.add(new Member(queue, sequence, flags)));
        return all;
    }
}
