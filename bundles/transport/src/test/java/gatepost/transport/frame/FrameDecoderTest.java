package gatepost.transport.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

    private static final FrameLimits LIMITS = new FrameLimits(1000, 5, 64);
    private static final String CONNECT_12 = "CONNECT\naccept-version:1.2\n\n\0";

    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(LIMITS));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aFrameTakesWhatItsHeadersTakeToo() {
        EmbeddedChannel wide = new EmbeddedChannel(new FrameDecoder(new FrameLimits(100_000, 100, 1000)));
        wide.writeInbound(Unpooled.copiedBuffer(ascii("SEND\na:" + "x".repeat(900) + "\n\nhello\0")));
        assertTrue(wide.<Frame>readInbound().size() > 900);
        StringBuilder many = new StringBuilder("SEND\n");
        for (int i = 0; i < 100; i++) {
            many.append(i).append(":\n");
        }
        wide.writeInbound(Unpooled.copiedBuffer(ascii(many + "\n\0")));
        assertTrue(wide.<Frame>readInbound().size() > 100 * 80);
        wide.finishAndReleaseAll();
    }

    @Test
    void whileTheChannelIsNotReadNothingIsDecodedAndWhatIsBehindKeepsItsPlace() {
        List<Object> seen = new ArrayList<>();
        FrameDecoder decoder = new FrameDecoder(LIMITS);
        EmbeddedChannel slow = new EmbeddedChannel(decoder, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                seen.add(((Frame) message).header("n"));
                ctx.channel().config().setAutoRead(false);
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                seen.add(event);
            }
        });
        InStream later = new InStream() {};
        slow.writeInbound(Unpooled.copiedBuffer(ascii("SEND\nn:1\n\n\0SEND\nn:2\n\n\0SEND\nn:3")));
        slow.pipeline().fireUserEventTriggered(later);
        slow.pipeline().fireUserEventTriggered("at once");
        assertEquals(List.of("1", "at once"), seen);
        assertEquals(19, decoder.waiting());

        slow.config().setAutoRead(true);
        slow.pipeline().fireUserEventTriggered(FrameDecoder.GO_ON);
        assertEquals(List.of("1", "at once", "2"), seen);
        slow.config().setAutoRead(true);
        slow.pipeline().fireUserEventTriggered(FrameDecoder.GO_ON);
        assertEquals(List.of("1", "at once", "2", later), seen);
        slow.writeInbound(Unpooled.copiedBuffer(ascii("\n\n\0")));
        assertEquals(List.of("1", "at once", "2", later, "3"), seen);
        assertEquals(0, decoder.waiting());
        slow.finishAndReleaseAll();
    }

    @Test
    void twoFramesAreTheSameWhereverTheBytesAreCut() {
        byte[] bytes = ascii(
                "\n\r\nSEND\r\ndestination:/queue/a\r\ncontent-length:3\n\na\0b\0\nSEND\ndestination:b\n\nhello\0");
        for (int cut = 0; cut <= bytes.length; cut++) {
            EmbeddedChannel fresh = new EmbeddedChannel(new FrameDecoder(LIMITS));
            fresh.writeInbound(Unpooled.copiedBuffer(bytes, 0, cut));
            fresh.writeInbound(Unpooled.copiedBuffer(bytes, cut, bytes.length - cut));
            Frame first = fresh.readInbound();
            Frame second = fresh.readInbound();
            assertEquals("/queue/a", first.header("destination"), "cut at " + cut);
            assertArrayEquals(ascii("a\0b"), first.body(), "cut at " + cut);
            assertEquals("b", second.header("destination"), "cut at " + cut);
            assertArrayEquals(ascii("hello"), second.body(), "cut at " + cut);
            assertNull(fresh.readInbound());
            fresh.finishAndReleaseAll();
        }
    }

    @Test
    void aFrameThatComesByteByByteIsTheSame() {
        for (byte octet : ascii(CONNECT_12 + "SEND\nk:a\\nb\\cc\\\\d\\re\n\nx\0")) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {octet}));
        }
        List<Inbound> frames = all();
        assertEquals(2, frames.size());
        assertEquals("a\nb:c\\d\re", ((Frame) frames.get(1)).header("k"));
    }

    @Test
    void aNameThatIsAlmostAKnownOneIsItself() {
        Frame frame = (Frame)
                decode("SEND\nid:1\nreceipt:2\nie:3\nreceipz:4\nreceip:5\n\n\0").get(0);
        assertEquals(Map.of("id", "1", "receipt", "2", "ie", "3", "receipz", "4", "receip", "5"), frame.headers());
    }

    @Test
    void aKnownNameIsNotMadeAnewForEachFrame() {
        String frame = CONNECT_12 + "SEND\nreceipt:1\nx:2\n\n\0";
        List<Inbound> frames = decode(frame + frame.substring(CONNECT_12.length()));
        assertSame(name(frames.get(1), 0), name(frames.get(2), 0));
        assertNotSame(name(frames.get(1), 1), name(frames.get(2), 1));
    }

    @Test
    void theFirstOfRepeatedHeadersCounts() {
        assertEquals(Map.of("a", "1"), ((Frame) decode("SEND\na:1\na:2\n\n\0").get(0)).headers());
    }

    @Test
    void stomp10HasNoEscapesButTrims() {
        Frame frame = (Frame) decode("SEND\nlogin: a\\nb \n\n\0").get(0);
        assertEquals("a\\nb", frame.header("login"));
    }

    @Test
    void laterVersionsDoNotTrim() {
        assertEquals(" a ", ((Frame) decode(CONNECT_12 + "SEND\nk: a \n\n\0").get(1)).header("k"));
    }

    @Test
    void headersAreUnescapedAndAreUtf8() {
        channel.writeInbound(Unpooled.copiedBuffer(
                CONNECT_12 + "SEND\nk\\c\u00e9:\\n\\r\\\\\u20ac\n\u00e9:\u20ac\n\n\0", StandardCharsets.UTF_8));
        channel.readInbound();
        assertEquals(Map.of("k:\u00e9", "\n\r\\\u20ac", "\u00e9", "\u20ac"), ((Frame) channel.readInbound()).headers());
    }

    @Test
    void connectIsNotUnescaped() {
        assertEquals(
                "a\\cb",
                ((Frame) decode("CONNECT\naccept-version:1.2\npasscode:a\\cb\n\n\0")
                                .get(0))
                        .header("passcode"));
    }

    @ParameterizedTest
    @CsvSource({"1.1,\\r", "1.1,\\t", "1.2,\\t", "1.2,\\"})
    void anEscapeThatTheVersionDoesNotDefineBreaksTheFrame(String version, String escape) {
        List<Inbound> frames = decode("CONNECT\naccept-version:" + version + "\n\n\0SEND\nk:a" + escape + "\n\n\0");
        assertFalse(assertInstanceOf(MalformedFrame.class, frames.get(1)).tooLarge());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEND\ncontent-length:-1\n\n\0",
                "SEND\ncontent-length:x\n\n\0",
                "SEND\ncontent-length:\n\n\0",
                "SEND\ncontent-length:2\n\nabc\0",
                "SEND\nno colon\n\n\0",
                "SEND\n:value\n\n\0",
                "send\n\n\0",
                "S3ND\n\n\0",
                "GET / HTTP/1.1\r\n\r\n",
                "SUBSCRIBE\n\nbody\0",
                "SEND\ncontent-length:99999999999\n\n\0"
            })
    void whatIsNoFrameIsSaidOnceAndAllThatFollowsIsDropped(String bytes) {
        List<Inbound> frames = decode(bytes + "SEND\n\n\0SEND\n\n\0");
        assertEquals(1, frames.size(), frames.toString());
        assertFalse(assertInstanceOf(MalformedFrame.class, frames.get(0)).tooLarge());
    }

    @Test
    void aLimitIsNamedBeforeTheBytesHaveCome() {
        assertTooLarge("SEND\ncontent-length:2000\n\n", "1000 bytes");
        assertTooLarge("SEND\n\n" + "x".repeat(1001), "1000 bytes");
        assertTooLarge("SEND\n" + "k".repeat(70), "64 bytes");
        assertTooLarge("SEND\n" + "k:" + "v".repeat(63) + "\n\n\0", "64 bytes");
        assertTooLarge("SEND\na:1\nb:1\nc:1\nd:1\ne:1\nf:1\n", "5 headers");
        assertTooLarge("X".repeat(40), "32 bytes");
    }

    @Test
    void aFrameAtTheLimitIsTaken() {
        String head = "SEND\n\n";
        assertInstanceOf(
                Frame.class,
                decode(head + "x".repeat(1000 - head.length()) + "\0").get(0));
        assertInstanceOf(
                Frame.class,
                decode("SEND\n" + "k:" + "v".repeat(62) + "\r\n\n\0").get(0));
    }

    @Test
    void headersThatAreNotUtf8BreakTheFrame() {
        channel.writeInbound(Unpooled.wrappedBuffer(ascii("SEND\nk:"), new byte[] {(byte) 0xC3, '('}, ascii("\n\n\0")));
        assertInstanceOf(MalformedFrame.class, channel.readInbound());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", " ", "\t \n\n"})
    void blanksInPlaceOfABodyArePassedOver(String blanks) {
        for (String command : List.of("CONNECT", "SUBSCRIBE", "ACK", "DISCONNECT")) {
            Frame frame = (Frame) decode(command + "\nid:1\n\n" + blanks + "\0").get(0);
            assertEquals(command, frame.command());
            assertEquals(0, frame.body().length);
        }
    }

    @Test
    void theLengthOfABodyIsHeededOnSendAlone() {
        List<Inbound> frames = decode("ACK\nid:1\ncontent-length:12\n\n\0" + "NACK\nid:2\ncontent-length:x\n\n\0"
                + "SUBSCRIBE\nid:3\ncontent-length:-1\n\n\n\0");
        assertEquals(
                List.of("1", "2", "3"),
                frames.stream().map(frame -> ((Frame) frame).header("id")).toList());
    }

    @Test
    void blanksWithoutEndAreALimit() {
        assertTooLarge("ACK\n\n" + "\n".repeat(1001), "1000 bytes");
    }

    /** The same frames and the same end come out, wherever the bytes were cut. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261127})
    void howBytesAreCutChangesNothing(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = stream(random);
            assertEquals(
                    described(bytes, () -> bytes.length),
                    described(bytes, () -> 1 + random.nextInt(8)),
                    () -> "seed " + seed + ": " + new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    /** Frames, now and then with a byte too many, too few or changed. */
    private static byte[] stream(Random random) {
        List<String> parts = List.of(
                "SEND\ndestination:/queue/a\n\nhi\0",
                "SEND\r\ncontent-length:3\r\n\r\na\0b\0\r\n",
                "\n",
                "\r\n",
                "CONNECT\naccept-version:1.1,1.2\n\n\n\0",
                "ACK\nid:a\\cb\ncontent-length:5\n\n\0",
                "UNSUBSCRIBE\nid:1\n\n \n\0",
                "SEND\na: b \na:c\n\n" + "x".repeat(random.nextInt(1_100)) + "\0",
                "DISCONNECT\n\n" + "\n".repeat(random.nextInt(1_100)) + "\0",
                "SEND\ncontent-length:" + random.nextInt(1_100) + "\n\n" + "y".repeat(random.nextInt(1_100)) + "\0",
                "SEND\n" + "h:v\n".repeat(random.nextInt(8)) + "\n\0",
                "SEND\nk:" + "v".repeat(random.nextInt(80)) + "\n\n\0",
                "C".repeat(random.nextInt(40)) + "\n\n\0");
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        byte[] bytes = ascii(text.toString());
        if (random.nextInt(3) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(3) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    private static List<String> described(byte[] bytes, IntSupplier length) {
        EmbeddedChannel fresh = new EmbeddedChannel(new FrameDecoder(LIMITS));
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + length.getAsInt());
            fresh.writeInbound(Unpooled.copiedBuffer(bytes, from, to - from));
            from = to;
        }
        List<String> all = new ArrayList<>();
        for (Inbound next = fresh.readInbound(); next != null; next = fresh.readInbound()) {
            all.add(
                    next instanceof Frame frame
                            ? frame.command() + frame.headers() + new String(frame.body(), StandardCharsets.ISO_8859_1)
                            : next.toString());
        }
        fresh.finishAndReleaseAll();
        return all;
    }

    private static void assertTooLarge(String bytes, String expected) {
        EmbeddedChannel fresh = new EmbeddedChannel(new FrameDecoder(LIMITS));
        fresh.writeInbound(Unpooled.copiedBuffer(ascii(bytes)));
        MalformedFrame malformed = assertInstanceOf(MalformedFrame.class, fresh.readInbound(), bytes);
        assertTrue(malformed.tooLarge());
        assertTrue(malformed.reason().contains(expected), malformed.reason());
        fresh.finishAndReleaseAll();
    }

    private List<Inbound> decode(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(ascii(bytes)));
        return all();
    }

    private List<Inbound> all() {
        List<Inbound> frames = new ArrayList<>();
        for (Inbound next = channel.readInbound(); next != null; next = channel.readInbound()) {
            frames.add(next);
        }
        return frames;
    }

    private static String name(Inbound frame, int number) {
        return List.copyOf(((Frame) frame).headers().keySet()).get(number);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
