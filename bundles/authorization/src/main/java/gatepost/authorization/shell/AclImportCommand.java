package gatepost.authorization.shell;

import gatepost.authorization.review.ImportedMap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Action;
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
        description = "Prints the entries for the authorizationMap of an activemq.xml; changes nothing")
public final class AclImportCommand implements Action {

    @Argument(name = "file", required = true, description = "An activemq.xml")
    @Completion(FileCompleter.class)
    private String file;

    @Override
    public Object execute() throws IOException {
        try (InputStream xml = Files.newInputStream(Path.of(file))) {
            ImportedMap.read(xml).forEach(System.out::println);
        } catch (IOException e) {
            throw new IOException(file + " cannot be imported: " + e.getMessage(), e);
        }
        return null;
    }
}
