package gatepost.console;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Settings;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Holds what PID {@value #PID} says. Safe for use by several threads. */
@Component(service = Console.class, immediate = true, configurationPid = Console.PID)
@Designate(ocd = ConsoleDefinition.class)
public final class Console {

    public static final String PID = "gatepost.console";

    private final ConfigurationReports reports;
    private volatile ConsoleSettings settings = ConsoleSettings.CLOSED;

    @Activate
    public Console(@Reference ConfigurationReports reports, Map<String, Object> properties) {
        this.reports = reports;
        modified(properties);
    }

    /** Takes a changed configuration. One that says nothing is being written and one that is wrong is refused. */
    @Modified
    public void modified(Map<String, Object> properties) {
        if (reports.isAwaited(PID, properties)) {
            return;
        }
        String file = Settings.file(PID, properties);
        try {
            settings = ConsoleSettings.of(properties);
            reports.taken(PID, file, "");
        } catch (ConfigurationProblems e) {
            reports.refused(PID, file, e.problems());
        }
    }

    @Deactivate
    public void deactivate() {
        reports.removed(PID);
    }

    /** @return what is in force now */
    public ConsoleSettings settings() {
        return settings;
    }
}
