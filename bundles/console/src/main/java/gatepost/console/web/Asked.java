package gatepost.console.web;

import jakarta.servlet.http.HttpServletRequest;

/** What the query of a request asks for. */
public final class Asked {

    private Asked() {}

    /** @return the value of a parameter; empty where there is none */
    public static String text(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    /** @return the number; {@code absent} where there is none, or one that is none or out of these bounds */
    public static int number(HttpServletRequest request, String name, int min, int max, int absent) {
        try {
            int number = Integer.parseInt(text(request, name));
            return number < min || number > max ? absent : number;
        } catch (NumberFormatException e) {
            return absent;
        }
    }
}
