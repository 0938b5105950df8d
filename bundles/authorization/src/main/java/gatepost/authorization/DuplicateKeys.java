package gatepost.authorization;

import gatepost.configuration.ConfigurationFile;
import gatepost.configuration.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds keys that the file has more than once, as early as can be: as Karaf is set up by default, fileinstall writes the collapsed file back as soon as it is told
 * of the change that it made itself ({@code felix.fileinstall.enableConfigSave}), which is before components are.
 */
@Component(service = {SynchronousConfigurationListener.class, DuplicateKeys.class})
public final class DuplicateKeys implements SynchronousConfigurationListener {

    private static final Logger LOG = LoggerFactory.getLogger(DuplicateKeys.class);
    private static final String FILE = "felix.fileinstall.filename";

    private final ConfigurationAdmin admin;
    private volatile Set<String> atUpdate = Set.of();

    @Activate
    public DuplicateKeys(@Reference ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** Called on the thread that changes the configuration, before that call returns. */
    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (!event.getPid().equals(Authorization.PID)) {
            return;
        }
        Set<String> found = Set.of();
        try {
            Configuration[] configurations = event.getType() == ConfigurationEvent.CM_UPDATED
                    ? admin.listConfigurations("(service.pid=" + Authorization.PID + ")")
                    : null;
            Dictionary<String, Object> properties = configurations == null ? null : configurations[0].getProperties();
            found = properties == null ? found : read(properties.get(FILE));
        } catch (IOException | InvalidSyntaxException e) {
            LOG.warn(
                    "the configuration {} could not be looked at for duplicate keys: {}",
                    Authorization.PID,
                    e.toString());
        }
        atUpdate = found;
    }

    /** @return the keys that the file had more than once when the configuration was last changed; it may have been tidied since */
    Set<String> atUpdate() {
        return atUpdate;
    }

    private static Set<String> read(Object url) {
        if (url == null) {
            return Set.of();
        }
        try {
            return ConfigurationFile.read(Path.of(URI.create(url.toString()))).duplicates();
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn(
                    "{} could not be searched for duplicate keys: {}",
                    Settings.file(Authorization.PID, Map.of(FILE, url)),
                    e.toString());
            return Set.of();
        }
    }
}
