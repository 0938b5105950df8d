package gatepost.console.web;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.context.ServletContextHelper;

/**
 * The context that every servlet of this bundle is in, and so behind the {@link RequestGuard}: a servlet has the service property
 * {@value #SELECT} and {@link #MAY_WAIT}.
 */
@Component(
        service = ServletContextHelper.class,
        property = {"osgi.http.whiteboard.context.name=" + WebContext.NAME, "osgi.http.whiteboard.context.path=/"})
public final class WebContext extends ServletContextHelper {

    public static final String SELECT =
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=gatepost)";

    /** Every servlet has it too: a request may wait, for its turn or for its own body, without a thread. */
    public static final String MAY_WAIT = "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true";

    /** Of a filter: it is asked when the request comes, and again each time when one that has waited goes on. */
    public static final String WHEN_IT_COMES = "osgi.http.whiteboard.filter.dispatcher=REQUEST";

    public static final String WHEN_IT_GOES_ON = "osgi.http.whiteboard.filter.dispatcher=ASYNC";

    static final String NAME = "gatepost";
}
