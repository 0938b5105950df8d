package gatepost.console.session;

import gatepost.console.web.Answers;
import gatepost.console.web.WebContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stands before everything under {@code /api/}: it is for those who are signed in. */
@Component(
        service = Filter.class,
        property = {
            "osgi.http.whiteboard.filter.pattern=/api/*",
            WebContext.SELECT,
            WebContext.WHEN_IT_COMES,
            WebContext.WHEN_IT_GOES_ON
        })
public final class AdministratorsOnly extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient Administrators administrators;

    @Activate
    public AdministratorsOnly(@Reference Administrators administrators) {
        this.administrators = administrators;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (SessionCookie.of(request).flatMap(administrators::use).isPresent()) {
            chain.doFilter(request, response);
        } else {
            Answers.error(response, HttpServletResponse.SC_UNAUTHORIZED, "Nobody is signed in.");
        }
    }
}
