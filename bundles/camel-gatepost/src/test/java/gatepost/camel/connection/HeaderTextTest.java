package gatepost.camel.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.fusesource.hawtbuf.AsciiBuffer;
import org.junit.jupiter.api.Test;

class HeaderTextTest {

    @Test
    void everythingThatStomp12EscapesComesBack() {
        String text = "a:b\\n\nc\rd \u00e4\u20ac";
        AsciiBuffer wire = HeaderText.encode(text);
        assertEquals("a\\cb\\\\n\\nc\\rd \u00e4\u20ac", new String(wire.toByteArray(), java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(text, HeaderText.decode(wire));
    }

    @Test
    void anUnknownEscapeStaysAsItIs() {
        assertEquals("a\\tb\\", HeaderText.decode(new AsciiBuffer("a\\tb\\")));
    }
}
