package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.inbox.Devices.Found;
import jakarta.jms.InvalidDestinationException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DevicesTest {

    private static final int MAX = 2;
    private static final long AGE = 60_000;

    private final MemoryLog log = new MemoryLog();
    private Devices devices = devices();

    private Devices devices() {
        return new Devices(log, () -> new DeviceLimits(MAX, AGE), log.notes());
    }

    private Device begin(String name) {
        return devices.begin("alice", name).device();
    }

    private void acknowledge(Device device, long... offsets) {
        for (long offset : offsets) {
            devices.acknowledged(device, offset, false);
        }
    }

    @Test
    void aPlaceIsWhatIsAcknowledgedWithoutAHole() {
        fill(5);
        Device phone = begin("phone");
        assertEquals(0, phone.upTo());

        acknowledge(phone, 1, 3, 4);
        assertEquals(1, phone.upTo());
        assertTrue(phone.has(3) && phone.has(4));
        assertFalse(phone.has(2) || phone.has(5));

        acknowledge(phone, 2);
        assertEquals(4, phone.upTo());
        assertEquals(0, phone.above());
    }

    /** Also when nothing is kept of what is done. */
    @Test
    void whatIsNotInTheLogAnyMoreHoldsNothingUp() {
        fill(4);
        Device phone = begin("phone");
        acknowledge(phone, 3);
        log.remove(3, true, false);
        log.remove(1, false, false);
        acknowledge(phone, 2);
        assertEquals(3, phone.upTo());

        log.remove(4, true, false);
        acknowledge(phone, 4);
        assertEquals(4, phone.upTo());
        assertEquals(0, phone.above());
    }

    /** What it got may have come to nothing: it is told once, also after a start, when it comes again. */
    @Test
    void whatItHasNotAcknowledgedAndTheHistoryDropsIsToldWhenItComesAgain() {
        fill(6);
        Device phone = begin("phone");
        LongStream.rangeClosed(1, 4).forEach(phone::delivered);
        acknowledge(phone, 1, 3);
        assertEquals(1, phone.upTo());
        log.remove(1, true, false);
        log.remove(2, true, false);
        acknowledge(phone, 4);
        assertEquals(4, phone.upTo());
        devices = devices();

        phone = begin("phone");

        assertTrue(log.lost() <= phone.upTo());
        assertTrue(phone.takeGap(log));
        assertFalse(phone.takeGap(log));
    }

    @Test
    void whatItHasAcknowledgedInOrderOrIsWithdrawnIsNothingThatItMissed() {
        fill(6);
        Device phone = begin("phone");
        LongStream.rangeClosed(1, 6).forEach(phone::delivered);
        for (long offset = 1; offset <= 3; offset++) {
            // nothing is kept: it is gone before the device's place moves
            log.remove(offset, true, false);
            acknowledge(phone, offset);
        }
        log.remove(4, false, false);
        acknowledge(phone, 5);
        assertEquals(5, phone.upTo());
        assertFalse(phone.takeGap(log));
        log.remove(6, true, false);
        assertTrue(phone.takeGap(log), "it is above its place");
    }

    @Test
    void aDeviceThatIsNewHasWhatIsDone() {
        fill(5);
        log.done(1);
        log.done(3);
        Device phone = begin("phone");
        assertEquals(1, phone.upTo());
        assertTrue(phone.has(3));
        assertFalse(phone.has(2) || phone.has(4));

        log.done(2);
        log.done(4);
        log.done(5);
        assertEquals(5, begin("laptop").upTo());
    }

    @Test
    void aPlaceIsRemembered() {
        fill(400);
        Device phone = begin("phone");
        acknowledge(phone, 1, 2, 4, 5, 300);
        devices = devices();

        Found found = devices.begin("alice", "phone");
        assertTrue(found.known());
        assertEquals(2, found.device().upTo());
        Set<Long> has = log.notes().isEmpty()
                ? Set.of()
                : LongStream.rangeClosed(3, 400)
                        .filter(found.device()::has)
                        .boxed()
                        .collect(Collectors.toSet());
        assertEquals(Set.of(4L, 5L, 300L), has);
    }

    @Test
    void anotherAccountsDeviceOfThatNameIsAnother() {
        fill(2);
        acknowledge(begin("phone"), 1, 2);
        assertFalse(devices.begin("administrator", "phone").known());
        assertFalse(devices.begin("alice/phone", "phone").known());
    }

    @Test
    void moreThanTheWindowAboveAHoleComesAgain() {
        int above = Device.WINDOW + 10;
        fill(above + 1);
        Device phone = begin("phone");
        for (long offset = 2; offset <= above + 1; offset++) {
            acknowledge(phone, offset);
        }
        assertTrue(phone.has(2) && phone.has(Device.WINDOW + 1));
        assertFalse(phone.has(Device.WINDOW + 2));
        assertEquals(Device.WINDOW, phone.above());
        acknowledge(phone, 1);
        assertEquals(Device.WINDOW + 1, phone.upTo());
    }

    @Test
    void theOneUnusedLongestGoesAndIsToldWhenItComesBack() throws Exception {
        end("phone");
        end("laptop");
        end("phone");
        assertTrue(devices.begin("alice", "tablet").known() || log.notes().containsKey("device:alice/phone"));
        assertFalse(log.notes().containsKey("device:alice/laptop"));

        devices = devices();
        Found laptop = devices.begin("alice", "laptop");
        assertFalse(laptop.known());
        assertTrue(laptop.forgotten());
        assertFalse(devices.begin("alice", "other").forgotten());
    }

    @Test
    void whoIsConnectedStaysHoweverLongAgoItCame() throws InterruptedException {
        begin("phone");
        end("laptop");
        begin("tablet");
        assertTrue(log.notes().containsKey("device:alice/phone"));
        assertFalse(log.notes().containsKey("device:alice/laptop"));
    }

    private void end(String name) throws InterruptedException {
        devices.end(begin(name));
        // two of them must not be used within one tick of the clock
        for (long now = System.currentTimeMillis(); now == System.currentTimeMillis(); ) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whileAllAreConnectedThereIsNoRoom() throws Exception {
        begin("phone");
        Device laptop = begin("laptop");
        devices.requireRoom("alice", "phone");
        devices.requireRoom("bob", "tablet");
        InvalidDestinationException refusal =
                assertThrows(InvalidDestinationException.class, () -> devices.requireRoom("alice", "tablet"));
        assertTrue(refusal.getMessage().contains("devices.max"), refusal.getMessage());

        devices.end(laptop);
        devices.requireRoom("alice", "tablet");
    }

    @Test
    void anAccountWhoseNameIsTooLongHasNoDevice() {
        assertThrows(InvalidDestinationException.class, () -> devices.requireRoom("a".repeat(1_100), "phone"));
    }

    @Test
    void whatIsNotUsedForTooLongIsForgotten() {
        Device phone = begin("phone");
        long later = System.currentTimeMillis() + AGE + 1_000;
        devices.lookThrough(later);
        assertTrue(log.notes().containsKey("device:alice/phone"));

        devices.end(phone);
        devices.lookThrough(System.currentTimeMillis());
        assertTrue(log.notes().containsKey("device:alice/phone"));
        devices.lookThrough(later);
        assertFalse(log.notes().containsKey("device:alice/phone"));
        assertTrue(devices.begin("alice", "phone").forgotten());
    }

    @Test
    void aPurgeIsToldToEachDeviceThatComesBack() {
        fill(3);
        Device phone = begin("phone");
        devices.end(begin("laptop"));
        log.purge(devices.kept());
        devices.purged(log.head());

        assertEquals(3, phone.upTo());
        assertTrue(log.notes().containsKey("device:alice/phone"));
        assertTrue(devices.begin("alice", "laptop").forgotten());
    }

    @Test
    void whoSaysUpToWhereItHasEverythingIsThere() {
        fill(5);
        Device phone = begin("phone");
        acknowledge(phone, 4);
        phone.hasUpTo(3, log);
        assertEquals(4, phone.upTo());
        phone.hasUpTo(1, log);
        assertEquals(4, phone.upTo());
    }

    private void fill(int messages) {
        for (int i = 0; i < messages; i++) {
            log.put();
        }
    }
}
