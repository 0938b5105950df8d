package gatepost.itests.harness.library;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A network with nothing in it but loopback, so that every port is free, whatever else runs on this machine. Only root may make
 * one; for others it is the machine's own.
 */
public final class OwnNetwork implements AutoCloseable {

    private final Program holder;
    private final List<String> launcher;

    private OwnNetwork(Program holder, List<String> launcher) {
        this.holder = holder;
        this.launcher = launcher;
    }

    public static OwnNetwork make() {
        // it lasts for as long as somebody is in it
        Program holder = Program.start(
                Path.of(""),
                Map.of(),
                List.of(
                        "sh",
                        "-c",
                        "unshare --net sh -c 'ip link set lo up && echo made && exec cat' || { echo none; exec cat; }"));
        boolean made = holder.line().equals("made");
        String process = holder.handle()
                .children()
                .findFirst()
                .map(child -> "" + child.pid())
                .orElse("");
        return new OwnNetwork(holder, made ? List.of("nsenter", "--target", process, "--net") : List.of());
    }

    /** @return the command to put in front of one that is to run in it; empty when it is the machine's own */
    public List<String> launcher() {
        return launcher;
    }

    @Override
    public void close() {
        holder.close();
    }
}
