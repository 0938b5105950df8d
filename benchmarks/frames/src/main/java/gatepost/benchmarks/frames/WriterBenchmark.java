package gatepost.benchmarks.frames;

import gatepost.transport.frame.FrameWriter;
import gatepost.transport.frame.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.AsciiString;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to write one frame into a buffer of the pool, and to give that back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class WriterBenchmark {

    private static final AsciiString MESSAGE = AsciiString.cached("MESSAGE");
    private static final AsciiString RECEIPT = AsciiString.cached("RECEIPT");
    private static final AsciiString DESTINATION = AsciiString.cached("destination");
    private static final AsciiString MESSAGE_ID = AsciiString.cached("message-id");
    private static final AsciiString SUBSCRIPTION = AsciiString.cached("subscription");
    private static final AsciiString TIMESTAMP = AsciiString.cached("timestamp");
    private static final AsciiString PERSISTENT = AsciiString.cached("persistent");
    private static final AsciiString RECEIPT_ID = AsciiString.cached("receipt-id");

    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final byte[] small = new byte[200];
    private final byte[] large = new byte[1 << 16];
    private final String destination = "/queue/user.alice";
    private final String id = "ID:gatepost-1234-1732470000000-2:17:-1:1:4711";
    private final String receipt = "4711";
    private final String plain = "one two three four";
    private final String special = "one:two\nthree\\four";

    @Benchmark
    public int aMessageOf200Bytes() {
        return released(message().body(small, 0, small.length));
    }

    @Benchmark
    public int aMessageOf200BytesWithAnotherHeader() {
        return released(message().header("title", plain).body(small, 0, small.length));
    }

    @Benchmark
    public int aMessageOf200BytesWithAnEscapedHeader() {
        return released(message().header("title", special).body(small, 0, small.length));
    }

    @Benchmark
    public int aMessageOf64KiB() {
        return released(message().body(large, 0, large.length));
    }

    @Benchmark
    public int aReceipt() {
        return released(new FrameWriter(allocator, RECEIPT, StompVersion.V1_2, 0)
                .header(RECEIPT_ID, receipt)
                .noBody());
    }

    private FrameWriter message() {
        return new FrameWriter(allocator, MESSAGE, StompVersion.V1_2, small.length)
                .header(DESTINATION, destination)
                .header(SUBSCRIPTION, "0")
                .header(MESSAGE_ID, id)
                .header(TIMESTAMP, 1_732_470_000_000L)
                .header(PERSISTENT, "true");
    }

    private static int released(ByteBuf frame) {
        int size = frame.readableBytes();
        frame.release();
        return size;
    }
}
