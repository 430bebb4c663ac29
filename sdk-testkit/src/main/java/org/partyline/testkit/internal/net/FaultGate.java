package org.partyline.testkit.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.fault.FaultPlan;

/** The handler next to the socket: it can fall silent, stop at a byte, write slowly, and split what it writes. */
final class FaultGate extends ChannelDuplexHandler {
    /** Bytes that may wait here; beyond, the connection is reset. */
    private static final int MAX_WAITING = 8 * 1024 * 1024;
    /** Bytes from which on the link says that nothing more should be written. */
    private static final int HIGH = 256 * 1024;

    private static final int TICK_MILLIS = 20;
    private static final int TICKS_PER_SECOND = 1_000 / TICK_MILLIS;
    private static final int MAX_PIECE = 24;

    private final Deque<Piece> waiting = new ArrayDeque<>();
    private final FaultPlan forAll;
    private @Nullable FaultPlan forAccount;
    private @Nullable Random random;
    private @Nullable Random randomAbove;
    private @Nullable ChannelHandlerContext context;
    private int waitingBytes;
    private boolean pumping;
    private boolean silent;
    private long allowed = Long.MAX_VALUE;
    private FaultPlan.@Nullable Reaction onLimit;

    FaultGate(FaultPlan forAll) {
        this.forAll = forAll;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    /** {@return the place in the pipeline next to the socket} */
    ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    void account(FaultPlan plan) {
        this.forAccount = plan;
    }

    boolean isSilent() {
        return silent;
    }

    void fallSilent() {
        silent = true;
        dropWaiting();
    }

    /** Lets so many more bytes out, and then reacts. */
    void stopAfter(long bytes, FaultPlan.Reaction reaction) {
        allowed = bytes;
        onLimit = reaction;
    }

    boolean isWritable() {
        return waitingBytes < HIGH;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (silent) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        ByteBuf bytes = (ByteBuf) message;
        if (silent) {
            bytes.release();
            promise.setSuccess();
        } else if (bytes.readableBytes() > allowed) {
            cutOff(context, bytes);
            promise.setSuccess();
        } else {
            if (onLimit != null) {
                allowed -= bytes.readableBytes();
            }
            pass(context, bytes, promise);
        }
    }

    private void pass(ChannelHandlerContext context, ByteBuf bytes, ChannelPromise promise) {
        if (waiting.isEmpty() && bytesPerSecond() == 0 && splitSeed() == null) {
            context.write(bytes, promise);
        } else {
            enqueue(context, bytes, promise);
        }
    }

    /** Lets the last bytes that are allowed out, behind those that wait. */
    private void cutOff(ChannelHandlerContext context, ByteBuf bytes) {
        silent = true;
        ChannelPromise last = context.newPromise();
        if (onLimit == FaultPlan.Reaction.CUT) {
            last.addListener(sent -> reset());
        }
        pass(context, bytes.readRetainedSlice((int) allowed), last);
        bytes.release();
        context.flush();
    }

    /** Closes with a reset, below TLS. */
    void reset() {
        ChannelHandlerContext place = context();
        if (place.channel().isOpen()) {
            place.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            place.close();
        }
    }

    private void enqueue(ChannelHandlerContext context, ByteBuf bytes, ChannelPromise promise) {
        waiting.add(new Piece(bytes, promise));
        waitingBytes += bytes.readableBytes();
        if (waitingBytes > MAX_WAITING) {
            dropWaiting();
            context.close();
        } else if (!pumping) {
            pumping = true;
            context.executor().execute(() -> pump(context));
        }
    }

    private void pump(ChannelHandlerContext context) {
        pumping = false;
        Piece first = waiting.peek();
        if (first == null) {
            return;
        }
        int size = Math.min(pieceSize(), first.bytes().readableBytes());
        waitingBytes -= size;
        if (size == first.bytes().readableBytes()) {
            waiting.remove();
            context.writeAndFlush(first.bytes(), first.promise());
        } else {
            context.writeAndFlush(first.bytes().readRetainedSlice(size));
        }
        if (waiting.isEmpty()) {
            context.fireChannelWritabilityChanged();
        } else {
            pumping = true;
            if (bytesPerSecond() > 0) {
                context.executor().schedule(() -> pump(context), TICK_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                context.executor().execute(() -> pump(context));
            }
        }
    }

    /** {@return how many bytes are to be written together above TLS, so that each piece becomes a record of its own} */
    int pieceSizeAbove() {
        Long seed = splitSeed();
        if (seed == null) {
            return Integer.MAX_VALUE;
        }
        if (randomAbove == null) {
            randomAbove = new Random(seed);
        }
        return 1 + randomAbove.nextInt(MAX_PIECE);
    }

    private int pieceSize() {
        Long seed = splitSeed();
        int size = Integer.MAX_VALUE;
        if (seed != null) {
            if (random == null) {
                random = new Random(seed);
            }
            size = 1 + random.nextInt(MAX_PIECE);
        }
        int rate = bytesPerSecond();
        return rate == 0 ? size : Math.min(size, Math.max(1, rate / TICKS_PER_SECOND));
    }

    private int bytesPerSecond() {
        int own = forAccount == null ? 0 : forAccount.bytesPerSecond();
        return own > 0 ? own : forAll.bytesPerSecond();
    }

    private @Nullable Long splitSeed() {
        Long own = forAccount == null ? null : forAccount.splitSeed();
        return own != null ? own : forAll.splitSeed();
    }

    private void dropWaiting() {
        for (Piece piece : waiting) {
            piece.bytes().release();
            piece.promise().setSuccess();
        }
        waiting.clear();
        waitingBytes = 0;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        dropWaiting();
        context.fireChannelInactive();
    }

    private record Piece(ByteBuf bytes, ChannelPromise promise) {}
}
