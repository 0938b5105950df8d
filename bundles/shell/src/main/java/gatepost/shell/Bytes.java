package gatepost.shell;

import java.util.Locale;

/** A number of bytes: {@code 10 GiB} for people, the number for scripts and programs. */
public record Bytes(long number) {

    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    /** @return with one decimal below ten of a unit, unless it is zero */
    @Override
    public String toString() {
        if (Math.abs(number) < 1024) {
            return number + " B";
        }
        double size = number;
        int unit = -1;
        do {
            size /= 1024;
            unit++;
        } while (Math.abs(size) >= 1023.5);
        String text = String.format(Locale.ROOT, Math.abs(size) < 9.95 ? "%.1f" : "%.0f", size);
        return text.replace(".0", "") + ' ' + UNITS[unit];
    }
}
