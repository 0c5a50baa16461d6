package dev.orrery.kit.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts the connections that clients hold, and ends those on which no request comes: neither all of its head, nor any
/// of it, however slowly its bytes drip.
@ApplicationScoped
public class Connections {

    private static final int PRIORITY = Door.PRIORITY + 2;
    private static final long LOOK_SECONDS = 2;
    /// When a connection was seen first, in nanoseconds of the system's clock; [#ASKED] once a request has come.
    private static final AttributeKey<Long> WAITS_SINCE = AttributeKey.valueOf(Connections.class, "waits-since");
    private static final Long ASKED = Long.MIN_VALUE;

    private final long patience;
    private final Shed shed;
    private final AtomicInteger open = new AtomicInteger();

    Connections(DoorConfig config, Shed shed, MeterRegistry registry) {
        this.patience = config.headPatience().toNanos();
        this.shed = shed;
        Gauge.builder("orrery.http.connections", open, AtomicInteger::get)
                .description("Connections that clients hold")
                .register(registry);
    }

    void register(@Observes Filters filters) {
        filters.register(this::asked, PRIORITY);
    }

    void watch(@Observes StartupEvent event, Vertx vertx) {
        for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            Loop each = new Loop((SingleThreadEventLoop) loop);
            loop.scheduleWithFixedDelay(each, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void asked(RoutingContext exchange) {
        if (exchange.request().connection() instanceof ConnectionBase base) {
            base.channel().attr(WAITS_SINCE).set(ASKED);
        }
        exchange.next();
    }

    /// The connections of one event loop, which looks at them itself.
    private final class Loop implements Runnable {

        private final SingleThreadEventLoop loop;
        private int counted;

        private Loop(SingleThreadEventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void run() {
            long now = System.nanoTime();
            int count = 0;
            for (Iterator<Channel> channels = loop.registeredChannelsIterator(); channels.hasNext(); ) {
                Channel channel = channels.next();
                if (channel.parent() instanceof ServerChannel) {
                    count++;
                    look(channel, now);
                }
            }
            open.addAndGet(count - counted);
            counted = count;
        }
    }

    private void look(Channel channel, long now) {
        Long since = channel.attr(WAITS_SINCE).setIfAbsent(now);
        if (since != null
                && !since.equals(ASKED)
                && now - since > patience
                && channel.pipeline().get(Http2ConnectionHandler.class) == null) {
            shed.count(Shed.Reason.SLOW_HEAD);
            channel.close();
        }
    }
}
