package gatepost.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenLineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "a = b",
                "a = b\r\n\r\n# c\r\n",
                "a = b \\\n  c\n# d = e \\\nf : g\n",
                "key\\ with\\=signs = v\\",
                "last \\",
                "a=1\rb=2\r",
                "\\"
            })
    void theLinesTogetherAreTheText(String text) {
        StringBuilder together = new StringBuilder();
        WrittenLine.of(text).forEach(line -> together.append(line.text()));
        assertEquals(text, together.toString());
    }

    @Test
    void aLineTellsItsKeyAndItsValueThatMayGoOn() {
        List<WrittenLine> lines =
                WrittenLine.of("# about\n\n a.b:  one \\\n   two\nc d\ne\\ f = g\n#  off = 1 \\\nh =\n");
        assertEquals(
                List.of("", "", "a.b", "c", "e f", "off", "h"),
                lines.stream().map(WrittenLine::key).toList());
        assertEquals(
                List.of(1, 2, 3, 5, 6, 7, 8),
                lines.stream().map(WrittenLine::number).toList());
        assertEquals("one \\\n   two", lines.get(2).value());
        assertEquals("d", lines.get(3).value());
        assertEquals("1 \\", lines.get(5).value());
        assertEquals("", lines.get(6).value());
        assertEquals(" a.b:  x\n", lines.get(2).with("x").text());
    }

    @Test
    void theLineOfAKeyIsTheOneThatCounts() {
        String text = "a = 1\n#a = 2\na = \\\n 3\nb = 4\n";
        assertEquals(3, WrittenLine.number(text, "a"));
        assertEquals(5, WrittenLine.number(text, "b"));
        assertEquals(0, WrittenLine.number(text, "c"));
    }
}
