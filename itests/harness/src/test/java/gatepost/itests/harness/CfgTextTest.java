package gatepost.itests.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CfgTextTest {

    private final CfgText text = new CfgText("# a comment: uri = x\nuri = stomp://0.0.0.0:1\n\nuri.more = 2");

    @Test
    void aValueIsReplacedWhereItStands() {
        assertEquals(
                "# a comment: uri = x\nuri = ws://\\1:$2\n\nuri.more = 2",
                text.with(Map.of("uri", "ws://\\1:$2")).text());
    }

    @Test
    void aNewKeyComesLast() {
        assertEquals("a = 1\n", new CfgText("").with(Map.of("a", "1")).text());
        assertEquals(text.text() + "\nz = 1\n", text.with(Map.of("z", "1")).text());
    }

    @Test
    void aKeyIsTakenOut() {
        assertEquals(
                "# a comment: uri = x\nuri = stomp://0.0.0.0:1\n\n",
                text.with(Collections.singletonMap("uri.more", null)).text());
    }

    @Test
    void aValueIsFoundByItsWholeKey() {
        assertEquals("stomp://0.0.0.0:1", text.value("uri"));
        assertEquals("2", text.value("uri.more"));
        assertNull(text.value("more"));
    }
}
