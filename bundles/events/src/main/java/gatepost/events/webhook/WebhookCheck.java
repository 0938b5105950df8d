package gatepost.events.webhook;

import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.ConfigurationProblems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Says what would be wrong with another configuration of a webhook. */
@Component(property = ConfigurationCheck.PID + "=" + Webhook.PID)
public final class WebhookCheck implements ConfigurationCheck {

    private static final String ELSEWHERE = "((env|file):\\S+\\s*)+";

    @Override
    public List<String> check(String pid, Map<String, ?> properties) throws ConfigurationProblems {
        Webhook.settings(
                pid, properties, Path.of(System.getProperty("karaf.base", "")).toAbsolutePath());
        return List.of();
    }

    /** The query of a URL may hold one, and where one is kept is none itself. */
    @Override
    public boolean isSecret(String key, String value) {
        boolean named = ConfigurationCheck.super.isSecret(key, value) && !value.matches(ELSEWHERE);
        return named || value.contains(Secret.PREFIX) || key.equals("url") && value.contains("?");
    }
}
