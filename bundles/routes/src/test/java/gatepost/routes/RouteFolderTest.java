package gatepost.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFolderTest implements RouteFolder.Listener {

    @TempDir
    private Path work;

    private final List<String> heard = new ArrayList<>();

    @Override
    public void changed(String name, String text) {
        heard.add(name + "=" + text);
    }

    @Override
    public void removed(String name) {
        heard.add("-" + name);
    }

    @Test
    void aFileIsTakenWhenTwoLooksFindTheSame() throws IOException {
        RouteFolder folder = new RouteFolder(work.resolve("routes"), this);
        folder.look();
        Files.createDirectory(work.resolve("routes"));
        Files.writeString(work.resolve("routes/a.yaml"), "half");
        folder.look();
        Files.writeString(work.resolve("routes/a.yaml"), "half and half");
        folder.look();
        assertEquals(List.of(), heard);
        folder.look();
        folder.look();
        assertEquals(List.of("a.yaml=half and half"), heard);
    }

    @Test
    void aFileThatIsReplacedIsNotRemovedInBetween() throws IOException {
        RouteFolder folder = new RouteFolder(work, this);
        Files.writeString(work.resolve("a.xml"), "1");
        twice(folder);
        Files.delete(work.resolve("a.xml"));
        folder.look();
        Files.writeString(work.resolve("a.xml"), "22");
        twice(folder);
        Files.delete(work.resolve("a.xml"));
        twice(folder);
        assertEquals(List.of("a.xml=1", "a.xml=22", "-a.xml"), heard);
    }

    @Test
    void onlyRouteFilesCountAndAnEmptyOneIsWaitedFor() throws IOException {
        RouteFolder folder = new RouteFolder(work, this);
        for (String name : List.of("README.md", "a.yaml.off", ".a.yaml", "a.yaml~")) {
            Files.writeString(work.resolve(name), "x");
        }
        Files.createDirectory(work.resolve("folder.yaml"));
        Files.writeString(work.resolve("empty.yaml"), "\n");
        twice(folder);
        assertEquals(List.of(), heard);
    }

    private static void twice(RouteFolder folder) throws IOException {
        folder.look();
        folder.look();
    }
}
