package dev.orrery.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Against Netty's own HTTP/2.
class GrpcLinkTest {

    /// One output of no bytes, as a message of protocol buffers, after gRPC's prefix.
    private static final byte[] ANSWER = {0, 0, 0, 0, 2, 0x2a, 0};

    private final NioEventLoopGroup loops = new NioEventLoopGroup(1);

    @AfterEach
    void stop() {
        loops.shutdownGracefully();
    }

    @Test
    void requests_are_answered_stream_after_stream_large_ones_within_the_windows() throws InterruptedException {
        Run run = run(new byte[300_000], "0");

        assertThat(run.faults()).isEmpty();
        assertThat(run.answered()).isEqualTo(run.latency().count()).isGreaterThan(10);
    }

    @Test
    void what_grpc_refuses_is_told_by_its_status() throws InterruptedException {
        assertThat(run(new byte[10], "3").faults()).containsOnlyKeys("gRPC status 3");
        assertThat(run(new byte[10], "8").faults()).containsOnlyKeys("turned away, gRPC 8");
        assertThat(run(new byte[10], "3").examples()).containsValue("not so");
    }

    private Run run(byte[] body, String status) throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new Connection(status, body.length + 5))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        Wire wire = new Wire(
                (InetSocketAddress) server.localAddress(),
                true,
                "/inference.GRPCInferenceService/ModelInfer",
                "",
                List.of(Body.of(body)),
                new Look(Protocol.GRPC, 1));
        Run run = Generator.run(
                new Plan(wire, new Pattern.Closed(2), 2, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(10)));
        server.close().sync();
        return run;
    }

    private static final class Connection extends ChannelInitializer<Channel> {

        private final String status;
        private final int length;

        Connection(String status, int length) {
            this.status = status;
            this.length = length;
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(Http2FrameCodecBuilder.forServer().build())
                    .addLast(new Answering(status, length));
        }
    }

    private static final class Answering extends SimpleChannelInboundHandler<Http2Frame> {

        private final String status;
        private final int length;
        private int received;

        Answering(String status, int length) {
            this.status = status;
            this.length = length;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, Http2Frame frame) {
            if (!(frame instanceof Http2DataFrame data)) {
                return;
            }
            received += data.content().readableBytes();
            context.write(new DefaultHttp2WindowUpdateFrame(data.initialFlowControlledBytes()).stream(data.stream()));
            if (data.isEndStream()) {
                answer(context, data.stream());
            }
            context.flush();
        }

        private void answer(ChannelHandlerContext context, Http2FrameStream stream) {
            Http2Headers trailers =
                    new DefaultHttp2Headers().add("grpc-status", status).add("grpc-message", "not so");
            if (!status.equals("0")) {
                trailers.status("200");
                context.write(new DefaultHttp2HeadersFrame(trailers, true).stream(stream));
                return;
            }
            ByteBuf answer = received % length == 0 ? Unpooled.copiedBuffer(ANSWER) : Unpooled.EMPTY_BUFFER;
            context.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("200")).stream(stream));
            context.write(new DefaultHttp2DataFrame(answer).stream(stream));
            context.write(new DefaultHttp2HeadersFrame(trailers, true).stream(stream));
        }
    }
}
