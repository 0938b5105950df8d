package gatepost.authorization.review;

import gatepost.authorization.Authorization;
import gatepost.authorization.AuthorizationSettings;
import gatepost.authorization.broker.SessionSubscriptions;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.User;
import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.ConfigurationProblems;
import gatepost.contracts.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Says what would be wrong with another entry map, and which live sessions it would cut. */
@Component(property = ConfigurationCheck.PID + "=" + Authorization.PID)
public final class AuthorizationCheck implements ConfigurationCheck {

    /** Of more sessions only the number is told. */
    private static final int MOST_TOLD = 100;

    private final Authorization authorization;

    @Activate
    public AuthorizationCheck(@Reference Authorization authorization) {
        this.authorization = authorization;
    }

    @Override
    public List<String> check(String pid, Map<String, ?> properties) throws ConfigurationProblems {
        EntryMap map = AuthorizationSettings.of(properties, Set.of()).map();
        List<String> effects = new ArrayList<>();
        if (map.entries().isEmpty()) {
            effects.add("It has no entries: everybody would be denied.");
        }
        int more = 0;
        for (SessionSubscriptions session : authorization.sessions()) {
            List<String> denied = session.deniedBy(map);
            if (!denied.isEmpty() && effects.size() < MOST_TOLD) {
                effects.add(cut(session, denied));
            } else if (!denied.isEmpty()) {
                more++;
            }
        }
        if (more > 0) {
            effects.add(more + " more sessions would be cut.");
        }
        return effects;
    }

    private static String cut(SessionSubscriptions session, List<String> denied) {
        String user = session.user().map(User::name).map(Printable::of).orElse("nobody");
        return "A session of " + user + " from " + session.address() + " would be cut: it might no longer read "
                + String.join(", ", denied) + ".";
    }
}
