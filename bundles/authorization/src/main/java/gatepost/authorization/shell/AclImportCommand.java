package gatepost.authorization.shell;

import gatepost.authorization.review.ImportedMap;
import gatepost.shell.AnsweringCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** {@code gatepost:acl-import}: an existing map of ActiveMQ's, written as entries. */
@Service
@Command(
        scope = "gatepost",
        name = "acl-import",
        description = "Prints the entries for the authorizationMap of an activemq.xml; changes nothing",
        detailedDescription = "classpath:acl-import.txt")
public final class AclImportCommand extends AnsweringCommand {

    @Argument(name = "file", required = true, description = "An activemq.xml")
    @Completion(FileCompleter.class)
    private String file;

    @Override
    protected Answer answer() throws IOException {
        try (InputStream xml = Files.newInputStream(Path.of(file))) {
            List<String> entries = ImportedMap.read(xml);
            return Answer.of(entries, Map.of("entries", entries));
        } catch (IOException e) {
            throw new IOException(file + " cannot be imported: " + e.getMessage(), e);
        }
    }
}
