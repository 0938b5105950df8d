package gatepost.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationTest {

    @ParameterizedTest
    @CsvSource({"0, 0, 24", "1, 8, 64", "1048575, 536870904, 65", "77, 33554432, 8388000"})
    void whatGoesInComesOutAndTheSizeIsNeverTooSmall(int segment, int offset, int size) {
        long location = Location.of(segment, offset, size);

        assertTrue(location > 0);
        assertEquals(segment, Location.segment(location));
        assertEquals(offset, Location.offset(location));
        assertTrue(Location.size(location) >= size && Location.size(location) < size + 64);
    }

    @ParameterizedTest
    @CsvSource({"1048576, 0", "1048577, 1", "2147483647, 1048575"})
    void segmentsAreToldApartByTheirLowestBits(int segment, int kept) {
        assertEquals(kept, Location.segment(Location.of(segment, 8, 64)));
    }
}
