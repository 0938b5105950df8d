package gatepost.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.rolling.AbstractTriggeringPolicy;
import org.apache.logging.log4j.core.appender.rolling.RollingFileManager;
import org.apache.logging.log4j.core.appender.rolling.RolloverListener;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;

/**
 * Has an appender open its file anew when the name is no longer that of the file that it writes to: somebody has renamed or removed it.
 * The manager of the file asks and tells under its own lock, so that this needs none.
 */
@Plugin(name = "RenamedFileTriggeringPolicy", category = Core.CATEGORY_NAME, printObject = true)
public final class RenamedFileTriggeringPolicy extends AbstractTriggeringPolicy implements RolloverListener {

    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

    /** Stands for the identity of a file that is not there. */
    private static final Object NONE = new Object();

    private RollingFileManager manager;
    private Object opened;
    private long looked;

    private RenamedFileTriggeringPolicy() {}

    /** @return a policy for one appender */
    @PluginFactory
    public static RenamedFileTriggeringPolicy createPolicy() {
        return new RenamedFileTriggeringPolicy();
    }

    @Override
    public void initialize(RollingFileManager owner) {
        manager = owner;
        manager.addRolloverListener(this);
        remember();
    }

    @Override
    public boolean isTriggeringEvent(LogEvent event) {
        long now = System.nanoTime();
        if (now - looked < INTERVAL) {
            return false;
        }
        looked = now;
        return !Objects.equals(opened, identity());
    }

    @Override
    public void rolloverTriggered(String file) {}

    /** The manager has opened the file anew, for whatever reason. */
    @Override
    public void rolloverComplete(String file) {
        remember();
    }

    @Override
    public boolean stop(long timeout, TimeUnit unit) {
        if (manager != null) {
            manager.removeRolloverListener(this);
        }
        return super.stop(timeout, unit);
    }

    private void remember() {
        opened = identity();
        looked = System.nanoTime();
    }

    /** @return what is another for each file, or {@code null} where that cannot be known */
    private Object identity() {
        try {
            return Files.readAttributes(Path.of(manager.getFileName()), BasicFileAttributes.class)
                    .fileKey();
        } catch (NoSuchFileException e) {
            return NONE;
        } catch (IOException e) {
            return opened;
        }
    }

    @Override
    public String toString() {
        return "RenamedFileTriggeringPolicy";
    }
}
