package gatepost.console.web;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.context.ServletContextHelper;

/**
 * The context that every servlet of this bundle is in, and so behind the {@link RequestGuard}: a servlet has the service property
 * {@value #SELECT}.
 */
@Component(service = ServletContextHelper.class, property = {
    "osgi.http.whiteboard.context.name=" + WebContext.NAME, "osgi.http.whiteboard.context.path=/"})
public final class WebContext extends ServletContextHelper {

    public static final String SELECT = "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=gatepost)";

    static final String NAME = "gatepost";
}
