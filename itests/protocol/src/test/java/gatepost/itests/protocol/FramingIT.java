package gatepost.itests.protocol;

import static gatepost.itests.protocol.Answer.connected;
import static gatepost.itests.protocol.Answer.end;
import static gatepost.itests.protocol.Answer.error;
import static gatepost.itests.protocol.Answer.message;
import static gatepost.itests.protocol.Answer.receipt;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the bytes are cut, where a frame ends, and what is no frame. */
@ExtendWith(Suite.class)
class FramingIT {

    private static final String SEND = "SEND\ndestination:/queue/{q}\n";
    private static final long SEED = 20261123;

    @TestFactory
    Stream<DynamicTest> frames() {
        return Row.table(
                Row.subscriber("many frames at once")
                        .step(
                                SEND + "\n1^@" + SEND + "\n2^@\n\n\n" + SEND + "\n3^@\n",
                                message("1"),
                                message("2"),
                                message("3")),
                Row.subscriber("lines that end with CR LF")
                        .step(
                                "SEND\r\ndestination:/queue/{q}\r\na:b\r\ncontent-length:5\r\n\r\n1\r\n2\n^@\r\n\r\n",
                                message("1\r\n2\n", "a:b")),
                Row.subscriber("LF and CR LF in one frame")
                        .step("SEND\r\ndestination:/queue/{q}\na:b\r\n\nhi^@", message("hi", "a:b")),
                Row.subscriber("line ends between frames").step("\n\n\r\n\n" + SEND + "\nhi^@\n\r\n\n", message("hi")),
                Row.subscriber("an empty body").step(SEND + "\n^@", message("").without("content-length")),
                Row.subscriber("a body that looks like a frame")
                        .step(
                                SEND + "content-length:17\n\nSEND\na:b\n\nhello^@^@^@",
                                message("SEND\na:b\n\nhello\0\0", "content-length:17")),
                Row.client("a command in small letters").step("send\ndestination:/queue/{q}\n\nhi^@", error("command")),
                Row.client("a command with a space").step("SEND \ndestination:/queue/{q}\n\nhi^@", error("command")),
                Row.client("a header without a colon").step("SEND\ndestination\n\nhi^@", error("header")),
                Row.client("a header without a name").step(SEND + ":x\n\nhi^@", error("header")),
                Row.client("blanks where no body may be")
                        .step("SUBSCRIBE\nid:s\ndestination:/queue/{q}\nreceipt:r\n\n\n^@", receipt("r"))
                        .step("UNSUBSCRIBE\nid:s\nreceipt:u\n\n \r\n\t^@", receipt("u")),
                Row.stranger("blanks behind CONNECT")
                        .step(
                                "CONNECT\naccept-version:{v}\nhost:localhost\nlogin:system\npasscode:manager\n\n\n^@",
                                connected("version:{v}"))
                        .step("DISCONNECT\nreceipt:d\n\n\n^@", receipt("d"), end(Answer.NORMAL)),
                Row.client("a content-length where no body may be")
                        .step("BEGIN\ntransaction:t\nreceipt:b\ncontent-length:12\n\n^@", receipt("b")),
                Row.client("a body where none may be")
                        .step("SUBSCRIBE\nid:s\ndestination:/queue/{q}\n\nhi^@", error("body")),
                Row.client("a command and nothing else").step("SEND^@\n", error("command")),
                Row.client("what follows a broken frame is not served")
                        .step("SENDE R\n\n^@" + SEND + "receipt:1\n\nhi^@", error("command")));
    }

    @TestFactory
    Stream<DynamicTest> bodiesAndTheirLength() {
        return Row.table(
                Row.subscriber("content-length")
                        .step(SEND + "content-length:2\n\nhi^@", message("hi", "content-length:2")),
                Row.subscriber("no content-length ends at NUL")
                        .step(SEND + "\nhi^@", message("hi", "content-length:2")),
                Row.subscriber("NUL in a body")
                        .step(SEND + "content-length:5\n\n^@a^@b^@^@", message("\0a\0b\0", "content-length:5")),
                Row.subscriber("content-length of an empty body").step(SEND + "content-length:0\n\n^@", message("")),
                Row.subscriber("of two content-lengths the first counts")
                        .step(SEND + "content-length:2\ncontent-length:99\n\nhi^@", message("hi")),
                Row.client("a content-length that is too small").step(SEND + "content-length:1\n\nhi^@", error("NUL")),
                Row.client("a content-length that is negative")
                        .step(SEND + "content-length:-1\n\nhi^@", error("content-length")),
                Row.client("a content-length that is no number")
                        .step(SEND + "content-length:2a\n\nhi^@", error("content-length")),
                Row.client("an empty content-length").step(SEND + "content-length:\n\nhi^@", error("content-length")),
                Row.client("a content-length over the frame's limit")
                        .step(SEND + "content-length:4194305\n\n", error(Answer.TOO_LARGE, "4194304")),
                Row.client("a content-length over 2^31")
                        .step(SEND + "content-length:2147483648\n\nhi^@", error("content-length")),
                Row.client("a content-length over 2^64")
                        .step(SEND + "content-length:17446744073709551618\n\nhi^@", error("content-length")),
                Row.client("a content-length that is too large waits for the rest")
                        .step("SEND\ndestination:/queue/{q}\nreceipt:1\ncontent-length:4\n\nhi^@")
                        .step("\n^@", receipt("1")));
    }

    @TestFactory
    Stream<DynamicTest> whatIsEndless() {
        return Row.table(
                Row.stranger("an endless command").step("A".repeat(5000), error(Answer.TOO_LARGE, "command")),
                Row.stranger("an endless header of CONNECT")
                        .step("CONNECT\nlogin:" + "a".repeat(9000), error(Answer.TOO_LARGE, "header")),
                Row.client("an endless header line")
                        .step("SEND\na:" + "b".repeat(9000), error(Answer.TOO_LARGE, "8192")),
                Row.client("headers without end").step("SEND\n" + "a:b\n".repeat(101), error(Answer.TOO_LARGE, "100")),
                Row.client("repeated headers are counted too")
                        .step(SEND + "a:b\n".repeat(100) + "\n^@", error(Answer.TOO_LARGE, "100")),
                Row.subscriber("as many headers as may be")
                        .step(SEND + "a:b\n".repeat(99) + "\nhi^@", message("hi", "a:b")),
                Row.subscriber("a header line as long as may be")
                        .step(SEND + "a:" + "b".repeat(8190) + "\n\nhi^@", message("hi", "a:" + "b".repeat(8190))),
                Row.client("a header line longer than may be")
                        .step(SEND + "a:" + "b".repeat(8191) + "\n\nhi^@", error(Answer.TOO_LARGE, "8192")),
                Row.client("a body without end")
                        .in(Version.V1_2)
                        .step(SEND + "\n" + "x".repeat(4 << 20), error(Answer.TOO_LARGE, "4194304")));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoStomp() {
        byte[] random = new byte[4096];
        new Random(SEED).nextBytes(random);
        return Row.table(
                Row.stranger("the first bytes of TLS")
                        .step(
                                new byte[] {0x16, 0x03, 0x01, 0x02, 0, 0x01, 0, 0x01, (byte) 0xfc, 0x03, 0x03, '\n'},
                                error("")),
                Row.stranger("a request of HTTP").step("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", error("command")),
                Row.stranger("random bytes").step(random, error("")),
                Row.stranger("nothing but NUL").step("^@".repeat(100), error(Answer.TOO_LARGE, "command")),
                Row.stranger("OpenWire").step("\0\0\1\23\1ActiveMQ\0\0\0\14\1\0\0\1\1\n", error("command")),
                Row.client("random bytes after CONNECT").step(random, error("")));
    }

    @TestFactory
    Stream<DynamicTest> wherever() {
        return Arrays.stream(Transport.values())
                .flatMap(transport -> Arrays.stream(Version.values())
                        .map(version -> DynamicTest.dynamicTest(
                                "frames cut at every byte position [" + transport + ", " + version + "]",
                                () -> cutEverywhere(transport, version))));
    }

    @TestFactory
    Stream<DynamicTest> byteByByte() {
        return Arrays.stream(Transport.values())
                .flatMap(transport -> Arrays.stream(Version.values())
                        .map(version -> DynamicTest.dynamicTest(
                                "frames byte by byte [" + transport + ", " + version + "]", () -> {
                                    String queue = Suite.name();
                                    try (StompClient client =
                                            version.open(transport, transport.port(Suite.gatepost()))) {
                                        for (byte octet : dialogue(version, queue)) {
                                            client.send(new byte[] {octet});
                                        }
                                        client.expect("CONNECTED");
                                        answered(client, queue);
                                    }
                                    Suite.bystandersWork();
                                })));
    }

    /** All first parts are sent, and have been read, before any second one is sent. */
    private static void cutEverywhere(Transport transport, Version version) {
        int connect = version.connect().bytes("\r\n").length;
        List<Cut> cuts = new ArrayList<>();
        try {
            for (int at = 1; at < dialogue(version, queue(transport, version, 0)).length; at++) {
                String queue = queue(transport, version, at);
                cuts.add(new Cut(
                        version.open(transport, transport.port(Suite.gatepost())),
                        queue,
                        at,
                        dialogue(version, queue)));
            }
            cuts.forEach(cut -> cut.send(0, Math.min(cut.at, connect)));
            cuts.stream().filter(cut -> cut.at >= connect).forEach(cut -> {
                cut.client.expect("CONNECTED");
                cut.send(connect, cut.at);
            });
            // the event loops that serve these serve all: once they have answered others, they have read what was there
            // before
            for (int i = 0; i < 3; i++) {
                Suite.bystandersWork();
            }
            cuts.forEach(cut -> cut.send(cut.at, cut.bytes.length));
            cuts.stream().filter(cut -> cut.at < connect).forEach(cut -> cut.client.expect("CONNECTED"));
            cuts.forEach(cut -> answered(cut.client, cut.queue));
        } finally {
            cuts.forEach(cut -> cut.client.close());
        }
        Suite.bystandersWork();
    }

    /** @return a name that is as long whatever the position */
    private static String queue(Transport transport, Version version, int at) {
        return String.format("cut.%s.%s.%04d", transport, version.name(), at);
    }

    private record Cut(StompClient client, String queue, int at, byte[] bytes) {

        void send(int from, int to) {
            if (to > from) {
                client.send(Arrays.copyOfRange(bytes, from, to));
            }
        }
    }

    /** Every kind of byte that a frame has, some of which are of characters of two to four bytes. */
    private static byte[] dialogue(Version version, String queue) {
        String connect = new String(version.connect().bytes("\r\n"), StandardCharsets.UTF_8);
        String text = connect + "\r\n\nSUBSCRIBE\nid:s\ndestination:/queue/{q}\n\n^@\n"
                + "SEND\ndestination:/queue/{q}\nname:caf\u00e9 \u20ac\ncontent-length:8\n\n\u00fc^@\uD83D\uDE00x^@\r\n"
                + "SEND\r\ndestination:/queue/{q}\r\nreceipt:last\r\n\r\nend^@";
        return text.replace("{q}", queue).replace("^@", "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static void answered(StompClient client, String queue) {
        List<String> messages = new ArrayList<>();
        List<String> receipts = new ArrayList<>();
        while (messages.size() < 2 || receipts.isEmpty()) {
            // the receipt may overtake the message, for another thread sends that
            ServerFrame frame = client.frame();
            if (frame.command().equals("RECEIPT")) {
                receipts.add(frame.header("receipt-id"));
            } else {
                assertEquals("/queue/" + queue, frame.header("destination"));
                messages.add(frame.header("name") + " " + frame.text());
            }
        }
        assertEquals(List.of("caf\u00e9 \u20ac \u00fc\0\uD83D\uDE00x", "null end"), messages);
        assertEquals(List.of("last"), receipts);
    }
}
