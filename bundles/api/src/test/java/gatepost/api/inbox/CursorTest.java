package gatepost.api.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void itComesBackAsItWentOut() throws CallRefused {
        Cursor cursor = new Cursor("Ab_-9", 17, true);
        assertEquals(cursor, Cursor.of(cursor.toString(), true));
        Cursor other = new Cursor("x", 0, false);
        assertEquals(other, Cursor.of(other.toString(), false));
    }

    @Test
    void itIsOfOneOrder() {
        assertRefused(new Cursor("x", 1, true).toString(), false);
        assertRefused(new Cursor("x", 1, false).toString(), true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "17", "x.17", "x.-1.n", "x.17.n ", "x.17.q", "x.1234567890123456789.n", "x y.1.n", "x.1.n.n"
            })
    void whatIsNoneOfOursIsRefused(String text) {
        assertRefused(text, true);
    }

    private static void assertRefused(String text, boolean newestFirst) {
        CallRefused refused = assertThrows(CallRefused.class, () -> Cursor.of(text, newestFirst));
        assertEquals(Reason.UNUSABLE, refused.reason());
        assertEquals(Optional.of("cursor"), refused.field());
    }
}
