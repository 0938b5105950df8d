package gatepost.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gatepost.contracts.OperatorAudit;
import gatepost.contracts.Printable;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;

/** A command that answers people with text, scripts with bare text, and programs with JSON. */
public abstract class AnsweringCommand implements Action {

    /** ASCII only: what a client has chosen may hold anything. */
    private static final ObjectWriter JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .writerWithDefaultPrettyPrinter();

    @Option(name = "--no-format", description = "Print without borders, for scripts")
    private boolean noFormat;

    @Option(name = "--json", description = "Print JSON, for programs")
    private boolean json;

    @Override
    public final Object execute() throws Exception {
        Optional<String> changed = audited();
        Answer answer;
        try {
            answer = answer();
        } catch (Exception e) {
            changed.ifPresent(
                    on -> OperatorAudit.refused(ShellOperator.now(), name(), on, String.valueOf(e.getMessage())));
            throw e;
        }
        changed.ifPresent(on -> OperatorAudit.done(ShellOperator.now(), name(), on));
        if (json) {
            System.out.println(text(answer.object()));
        } else {
            answer.print(System.out, !noFormat);
        }
        return null;
    }

    /** Does what the command does. */
    protected abstract Answer answer() throws Exception;

    /**
     * What it is about to change, for the audit log, which has it with the command's name and who ran it. Asked before anything is done.
     *
     * @return a user, a queue, a route; nothing for a command that only looks
     */
    protected Optional<String> audited() {
        return Optional.empty();
    }

    private String name() {
        return getClass().getAnnotation(Command.class).name();
    }

    private static String text(Object object) throws JsonProcessingException {
        return JSON.writeValueAsString(object);
    }

    /** What a command has to say. */
    public interface Answer {

        /** @param format with borders, or bare */
        void print(PrintStream out, boolean format);

        /** @return the same as maps, lists, texts, numbers and booleans */
        Object object();

        static Answer of(Listing listing) {
            return new Answer() {
                @Override
                public void print(PrintStream out, boolean format) {
                    listing.print(out, format);
                }

                @Override
                public Object object() {
                    return listing.objects();
                }
            };
        }

        /** A sentence, and the same as an object. */
        static Answer of(String sentence, Object object) {
            return of(List.of(sentence), object);
        }

        /** Lines, and the same as an object. */
        static Answer of(List<String> lines, Object object) {
            return new Answer() {
                @Override
                public void print(PrintStream out, boolean format) {
                    lines.forEach(line -> out.println(Printable.whole(line)));
                }

                @Override
                public Object object() {
                    return object;
                }
            };
        }
    }
}
