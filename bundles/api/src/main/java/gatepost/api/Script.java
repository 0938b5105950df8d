package gatepost.api;

import gatepost.api.request.Template;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A module of {@code clients/javascript}, which everybody may load; compressed for who takes that. Immutable. */
final class Script {

    /** For how long a browser need not ask again, seconds: after an upgrade pages have the new one so soon. */
    private static final int AGE = 600;

    private final HttpAnswer plain;
    private final HttpAnswer compressed;
    private final HttpAnswer unchanged;
    private final String tag;

    private Script(byte[] text) {
        // weak, as it is the same for both encodings (RFC 9110, section 8.8.1)
        this.tag = "W/\"" + digest(text) + "\"";
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("cache-control", "public, max-age=" + AGE);
        headers.put("etag", tag);
        headers.put("vary", "accept-encoding");
        this.unchanged = new HttpAnswer(304, headers, new byte[0]);
        Map<String, String> whole = new LinkedHashMap<>(headers);
        whole.put("content-type", "text/javascript; charset=utf-8");
        // a page that keeps others' resources out has asked for this one (Fetch, section 3.7)
        whole.put("cross-origin-resource-policy", "cross-origin");
        this.plain = new HttpAnswer(200, whole, text);
        this.compressed = new HttpAnswer(200, whole, compress(text)).with("content-encoding", "gzip");
    }

    /** @param name of the file in the bundle */
    static Route route(String name) {
        try (InputStream text = Script.class.getResourceAsStream(name)) {
            Script script = new Script(text.readAllBytes());
            return new Route("GET", new Template("/" + name), true, (head, parameters, session) -> script.answer(head));
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle has no " + name, e);
        }
    }

    private HttpAnswer answer(HttpHead head) {
        if (has(head, "if-none-match", tag) || has(head, "if-none-match", "*")) {
            return unchanged;
        }
        return has(head, "accept-encoding", "gzip") ? compressed : plain;
    }

    /** Whether a list in a header has that; whoever says with a weight of 0 that it is unwanted is heard, too. */
    private static boolean has(HttpHead head, String header, String wanted) {
        return Arrays.stream(head.header(header).orElse("").split(","))
                .map(String::strip)
                .filter(each -> !each.matches(".*;\\s*q=0(\\.0*)?"))
                .map(each -> each.startsWith("W/") || each.startsWith("\"") ? each : each.split(";", -1)[0].strip())
                .anyMatch(each -> each.equals(wanted) || ("W/" + each).equals(wanted));
    }

    private static byte[] compress(byte[] text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 12));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
