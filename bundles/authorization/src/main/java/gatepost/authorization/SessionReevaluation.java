package gatepost.authorization;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What another bundle calls after it changed the security context of live sessions: a {@link Runnable} with the service
 * property {@code gatepost.reevaluate=sessions}. It returns at once; subscriptions that are no longer allowed are cut within a
 * second.
 */
@Component(service = Runnable.class, property = "gatepost.reevaluate=sessions")
public final class SessionReevaluation implements Runnable {

    private final Authorization authorization;

    @Activate
    public SessionReevaluation(@Reference Authorization authorization) {
        this.authorization = authorization;
    }

    @Override
    public void run() {
        authorization.reevaluate();
    }
}
