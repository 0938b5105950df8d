package gatepost.itests.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * A request that is whole as far as anybody can tell where it ends: its lengths may be wrong only where it ends early. Made of a request
 * that could be one, in which something is changed at random.
 */
final class RandomRequest {

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "get", "X-Y", "CONNECT");
    /** What there is to call, with a method for it. */
    private static final List<String> CALLS = List.of(
            "POST messages",
            "POST messages",
            "POST messages",
            "DELETE messages?user=random&id=a",
            "GET users/random",
            "HEAD users/random",
            "GET users/random/messages",
            "GET users/random/messages?limit=1&order=oldest",
            "GET users/random/messages?cursor=x.1.n",
            "PUT users/random/seen",
            "PATCH users/random/messages/1",
            "GET users?user=a%2Fb",
            "GET openapi.json",
            "GET users/%zz",
            "GET users/%00",
            "POST %2e%2e/messages",
            "GET ");

    private static final List<String> BODIES = List.of(
            "{'to':{'users':['random']},'body':'x'}",
            "{'to':{'users':['random']},'body':{'a':[1,2,3]},'id':'i','ttl':60,'headers':{'k':'v'}}",
            "{'to':{'users':['random','other']},'base64':'AAAA','collapse':'c'}",
            "[{'to':{'users':['random']},'body':'x'},{'to':{'users':['random']},'body':'y'}]",
            "{'epoch':'x','upTo':1}",
            "{'epoch':'x','read':true}",
            "{'to':{'audience':'none'},'body':'x'}",
            "",
            "[]",
            "null",
            "\ufeff{}");
    private static final List<String> HEADERS = List.of(
            "Expect: 100-continue",
            "Expect: 200-ok",
            "Content-Encoding: gzip",
            "Transfer-Encoding: gzip, chunked",
            "Origin: http://localhost",
            "Origin: http://evil.example",
            "Origin: null",
            "Access-Control-Request-Method: POST",
            "X-Forwarded-Proto: http",
            "X-Forwarded-For: 192.0.2.1",
            "Forwarded: for=192.0.2.1;proto=https",
            "Connection: close",
            "Connection: upgrade, keep-alive",
            "Host: other",
            "Accept: text/plain",
            "Cookie: a=b",
            "Upgrade: h2c",
            "Bad Header: x",
            ": x",
            "X: \u0001\u00ff",
            "Range: bytes=0-1");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final boolean head;
    private boolean early;

    RandomRequest(Random random) {
        String[] call = of(random, CALLS).split(" ", -1);
        String method = random.nextInt(8) == 0 ? of(random, METHODS) : call[0];
        head = method.equals("HEAD");
        byte[] body = of(random, BODIES).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(3) == 0 && body.length > 0) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
        }
        if (random.nextInt(50) == 0) {
            body = new byte[random.nextInt(100_000)];
            random.nextBytes(body);
        }
        StringBuilder text = new StringBuilder(method)
                .append(' ')
                .append(random.nextInt(20) == 0 ? "http://localhost" : "")
                .append(Caller.API)
                .append(changed(random, call[1]))
                .append(random.nextInt(30) == 0 ? " HTTP/1.0" : random.nextInt(100) == 0 ? " HTTP/9.9" : " HTTP/1.1")
                .append("\r\nHost: localhost\r\n");
        Caller caller = of(
                random,
                List.of(
                        Caller.PUBLISHER,
                        Caller.PUBLISHER,
                        Caller.PUBLISHER,
                        Caller.ADMINISTRATOR,
                        Caller.ADMINISTRATOR,
                        Caller.NOBODY));
        if (!caller.authorization().isEmpty()) {
            text.append("Authorization: ")
                    .append(random.nextInt(20) == 0 ? changed(random, caller.authorization()) : caller.authorization())
                    .append("\r\n");
        }
        text.append("Content-Type: ")
                .append(random.nextInt(20) == 0 ? "text/plain" : "application/json")
                .append("\r\n");
        for (int i = random.nextInt(10) - 7; i > 0; i--) {
            text.append(of(random, HEADERS)).append("\r\n");
        }
        early = random.nextInt(50) == 0;
        body(random, text, body);
        if (early) {
            byte[] all = bytes.toByteArray();
            bytes.reset();
            bytes.write(all, 0, random.nextInt(all.length));
        }
    }

    private void body(Random random, StringBuilder text, byte[] body) {
        if (random.nextInt(3) == 0) {
            text.append("Transfer-Encoding: chunked\r\n\r\n");
            write(text.toString());
            for (int from = 0; from < body.length; ) {
                int size = 1 + random.nextInt(body.length - from);
                write(Integer.toHexString(size) + (random.nextInt(10) == 0 ? ";x=y" : "") + "\r\n");
                bytes.write(body, from, size);
                write("\r\n");
                from += size;
            }
            write(random.nextInt(20) == 0 ? "0\r\nTrailer: x\r\n\r\n" : "0\r\n\r\n");
        } else {
            int wrong = random.nextInt(100);
            String length = wrong == 0 ? "x" : wrong == 1 ? "-1" : wrong == 2 ? "9".repeat(30) : "" + body.length;
            text.append("Content-Length: ").append(length).append("\r\n\r\n");
            write(text.toString());
            bytes.writeBytes(body);
        }
    }

    private void write(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String changed(Random random, String text) {
        if (text.isEmpty() || random.nextInt(4) > 0) {
            return text;
        }
        int at = random.nextInt(text.length());
        char other = (char) ('!' + random.nextInt('~' - '!'));
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    private static <T> T of(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** @return whether nothing more comes behind it, wherever it was cut */
    boolean endsEarly() {
        return early;
    }

    boolean isHead() {
        return head;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        return text.substring(0, Math.min(1000, text.length()));
    }
}
