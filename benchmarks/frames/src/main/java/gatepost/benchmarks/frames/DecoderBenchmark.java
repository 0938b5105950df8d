package gatepost.benchmarks.frames;

import gatepost.transport.frame.FrameDecoder;
import gatepost.transport.frame.FrameLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to make a frame of the bytes that came. Each figure is that of one frame out of many that came together. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecoderBenchmark {

    private static final int FRAMES = 100;
    private static final int PIECE = 100;
    private static final FrameLimits SHIPPED = new FrameLimits(4 << 20, 100, 8192);
    private static final String SEND = "SEND\ndestination:/queue/user.alice\npersistent:true\n";
    private static final String BODY = "x".repeat(200);

    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(SHIPPED));
    private ByteBuf counted;
    private ByteBuf terminated;
    private ByteBuf escaped;
    private ByteBuf acknowledging;
    private ByteBuf large;

    @Setup
    public void encode() {
        ByteBuf connect = bytes("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0", 1);
        channel.writeInbound(connect);
        channel.<Object>readInbound();
        counted = bytes(SEND + "content-length:200\nreceipt:4711\n\n" + BODY + "\0", FRAMES);
        terminated = bytes(SEND + "receipt:4711\n\n" + BODY + "\0", FRAMES);
        escaped = bytes(
                SEND + "title:one\\ctwo\\nthree\\\\four\ncontent-length:200\nreceipt:4711\n\n" + BODY + "\0", FRAMES);
        acknowledging = bytes("ACK\nid:1234567\n\n\0", FRAMES);
        large = bytes(SEND + "content-length:65536\nreceipt:4711\n\n" + "x".repeat(1 << 16) + "\0", 1);
    }

    @TearDown
    public void release() {
        channel.finishAndReleaseAll();
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void aSendOf200Bytes(Blackhole sink) {
        decode(counted, counted.readableBytes(), sink);
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void aSendOf200BytesWithoutContentLength(Blackhole sink) {
        decode(terminated, terminated.readableBytes(), sink);
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void aSendOf200BytesWithAnEscapedHeader(Blackhole sink) {
        decode(escaped, escaped.readableBytes(), sink);
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void aSendOf200BytesInPiecesOf100(Blackhole sink) {
        decode(counted, PIECE, sink);
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void anAcknowledgement(Blackhole sink) {
        decode(acknowledging, acknowledging.readableBytes(), sink);
    }

    @Benchmark
    public void aSendOf64KiB(Blackhole sink) {
        decode(large, large.readableBytes(), sink);
    }

    private void decode(ByteBuf frames, int piece, Blackhole sink) {
        for (int i = 0; i < frames.readableBytes(); i += piece) {
            channel.writeInbound(frames.retainedSlice(i, Math.min(piece, frames.readableBytes() - i)));
            for (Object frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
                sink.consume(frame);
            }
        }
    }

    private static ByteBuf bytes(String frame, int times) {
        byte[] bytes = frame.repeat(times).getBytes(StandardCharsets.UTF_8);
        return PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
    }
}
