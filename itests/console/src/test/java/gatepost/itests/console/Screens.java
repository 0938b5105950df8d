package gatepost.itests.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.library.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** A page as people have it: on a phone, a tablet and a desk, by day and by night. */
final class Screens {

    private static final int[] WIDTHS = {320, 768, 1280};

    private Screens() {}

    /** Writes a picture of each, and asks axe each time what is wrong; nothing may stick out to the right. */
    static void look(Page page, String name) {
        try {
            Files.createDirectories(ConsolePage.SCREENSHOTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int width : WIDTHS) {
            for (String scheme : new String[] {"light", "dark"}) {
                page.look(width, scheme);
                page.until("document.documentElement.scrollWidth <= " + width);
                page.picture(ConsolePage.SCREENSHOTS.resolve(name + "-" + width + "-" + scheme + ".png"));
                assertEquals(List.of(), page.obstacles(), name + " at " + width + " " + scheme);
            }
        }
        page.look(ConsolePage.DESKTOP, "light");
    }
}
