package gatepost.camel;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** The name by which an inbox remembers how far a route has come. */
final class DeviceName {

    /** What {@link #isFit} asks for, for people. */
    static final String EXPECTED = "1 to 64 characters of A-Z, a-z, 0-9, -, _ and .";

    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int KEPT = 55;

    private DeviceName() {}

    static boolean isFit(String name) {
        return FIT.matcher(name).matches();
    }

    /** @return the same for the same route after each start; another one for another route of its account */
    static String of(String context, String route) {
        String name = context + "." + route;
        if (isFit(name)) {
            return name;
        }
        String fit = name.replaceAll("[^A-Za-z0-9._-]", "_");
        return fit.substring(0, Math.min(fit.length(), KEPT)) + "-"
                + HexFormat.of().toHexDigits(name.hashCode());
    }
}
