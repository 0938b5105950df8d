package gatepost.authorization.shell;

import gatepost.authorization.engine.Operation;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** {@code read}, {@code write} and {@code admin}. */
@Service
public final class OperationCompleter implements Completer {

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> words =
                Arrays.stream(Operation.values()).map(Operation::word).toList();
        return new StringsCompleter(words).complete(session, line, candidates);
    }
}
