package gatepost.itests.harness;

import gatepost.itests.harness.library.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Another suite's process, which does what {@code main} of a class says. */
final class Beside {

    private Beside() {}

    static Program start(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return Program.start(Path.of(""), Map.of(), command);
    }
}
