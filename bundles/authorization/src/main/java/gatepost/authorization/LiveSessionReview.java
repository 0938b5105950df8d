package gatepost.authorization;

import gatepost.contracts.SessionReview;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the review of live sessions to other bundles. A component apart from the configured one, as the plugin is. */
@Component
public final class LiveSessionReview implements SessionReview {

    private final Authorization authorization;

    @Activate
    public LiveSessionReview(@Reference Authorization authorization) {
        this.authorization = authorization;
    }

    @Override
    public void review() {
        authorization.reevaluate();
    }
}
