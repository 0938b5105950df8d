package gatepost.console.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** A request to a servlet and its answer, as far as the console looks at them; whatever else is asked for fails. */
public final class Exchange {

    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, String> parameters = new HashMap<>();
    private final String method;
    private final String path;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final PrintWriter writer = new PrintWriter(body, true, StandardCharsets.UTF_8);
    private String address = "127.0.0.1";
    private Cookie[] cookies;
    private int status = 200;

    public Exchange(String method, String path) {
        this.method = method;
        this.path = path;
        headers.put("Host", "localhost:8181");
    }

    public Exchange from(String remoteAddress) {
        address = remoteAddress;
        return this;
    }

    public Exchange header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public Exchange parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    public Exchange cookie(String name, String value) {
        cookies = new Cookie[] {new Cookie(name, value)};
        return this;
    }

    public Exchange body(String json) {
        attributes.put(Bodies.class.getName(), json.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getMethod" -> method;
            case "getRequestURI", "getServletPath" -> path;
            case "getRemoteAddr" -> address;
            case "getHeader" -> headers.get(arguments[0]);
            case "getHeaderNames" -> Collections.enumeration(headers.keySet());
            case "getParameter" -> parameters.get(arguments[0]);
            case "getCookies" -> cookies;
            case "getAttribute" -> attributes.get(arguments[0]);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            default -> throw new UnsupportedOperationException(name);
        });
    }

    public HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (name, arguments) -> switch (name) {
            case "setStatus" -> {
                status = (int) arguments[0];
                yield null;
            }
            case "setHeader", "setContentType" -> null;
            case "getOutputStream" -> new Sink(body);
            case "getWriter" -> writer;
            default -> throw new UnsupportedOperationException(name);
        });
    }

    public int status() {
        return status;
    }

    public String answer() {
        return body.toString(StandardCharsets.UTF_8);
    }

    private interface Behaviour {

        Object does(String name, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Behaviour behaviour) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    Object result = behaviour.does(called.getName(), arguments);
                    return called.getReturnType() == void.class ? null : result;
                }));
    }

    private static final class Sink extends ServletOutputStream {

        private final ByteArrayOutputStream to;

        Sink(ByteArrayOutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) {
            to.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
