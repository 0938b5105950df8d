package gatepost.api.inbox;

import gatepost.api.request.Parameters;
import gatepost.contracts.http.CallRefused;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page ended, in the words that a client gets and brings again. It says which way the page went, so that it cannot be brought for
 * the other.
 *
 * @param offset of the last message of the page
 */
record Cursor(String epoch, long offset, boolean newestFirst) {

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{1,64})\\.([0-9]{1,18})\\.([no])");

    /** @throws CallRefused when it is none of ours, or of another order */
    static Cursor of(String text, boolean newestFirst) throws CallRefused {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || parts.group(3).equals("n") != newestFirst) {
            throw Parameters.bad("cursor", text, "what next of a page of the same order said");
        }
        return new Cursor(parts.group(1), Long.parseLong(parts.group(2)), newestFirst);
    }

    @Override
    public String toString() {
        return epoch + "." + offset + (newestFirst ? ".n" : ".o");
    }
}
