package gatepost.itests.fuzz;

import gatepost.transport.frame.Frame;
import gatepost.transport.frame.FrameDecoder;
import gatepost.transport.frame.FrameLimits;
import gatepost.transport.frame.Inbound;
import gatepost.transport.frame.MalformedFrame;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The frames of a stream are the same wherever it is cut, and nothing of it stays in memory. */
public final class FramesTarget {

    private static final FrameLimits LIMITS = new FrameLimits(4 << 10, 20, 512);

    private FramesTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<String> whole = frames(Cuts.none(input));
        Same.check("the frames", whole, frames(Cuts.each(input)));
        Same.check("the frames", whole, frames(Cuts.some(input)));
    }

    private static List<String> frames(List<byte[]> pieces) {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(LIMITS));
        channel.config().setAllocator(allocator);
        List<String> frames = new ArrayList<>();
        for (byte[] piece : pieces) {
            channel.writeInbound(allocator.buffer(Math.max(1, piece.length)).writeBytes(piece));
            for (Inbound inbound = channel.readInbound(); inbound != null; inbound = channel.readInbound()) {
                frames.add(text(inbound));
            }
        }
        channel.finishAndReleaseAll();
        long left = allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
        if (left != 0) {
            throw new AssertionError(left + " bytes of buffers are left behind");
        }
        return frames;
    }

    private static String text(Inbound inbound) {
        if (inbound instanceof Frame frame) {
            return frame.command() + frame.headers() + Base64.getEncoder().encodeToString(frame.body());
        }
        return ((MalformedFrame) inbound).reason();
    }
}
