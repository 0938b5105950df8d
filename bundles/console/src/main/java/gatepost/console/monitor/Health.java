package gatepost.console.monitor;

import gatepost.metrics.health.HealthCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Asks all checks that are there. */
@Component(service = Health.class)
public final class Health {

    /** The check without which nobody knows whether clients can come in. */
    private static final String BROKER = "broker";

    private final Map<HealthCheck, String> checks = new ConcurrentHashMap<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, unbind = "remove")
    void add(HealthCheck check, Map<String, Object> properties) {
        checks.put(check, String.valueOf(properties.get(HealthCheck.NAME)));
    }

    void remove(HealthCheck check) {
        checks.remove(check);
    }

    /** @return what only a restart of the process can mend */
    public List<String> dead() {
        return problems(true);
    }

    /** @return what keeps clients from being served, a restart needed or not */
    public List<String> unready() {
        List<String> problems = new ArrayList<>(problems(false));
        if (!checks.containsValue(BROKER)) {
            problems.add(
                    "the broker is not there: is the feature gatepost-broker installed and etc/gatepost.broker.cfg present?");
        }
        return problems;
    }

    private List<String> problems(boolean restartOnly) {
        return checks.keySet().stream()
                .filter(check -> !restartOnly || check.needsRestart())
                .flatMap(check -> check.problems().stream())
                .sorted()
                .toList();
    }
}
