package dev.orrery.inference.grpc;

import dev.orrery.inference.admission.Deadline;
import dev.orrery.inference.prediction.RequestThreads;
import dev.orrery.kit.http.Arrival;
import dev.orrery.kit.http.Bodies;
import dev.orrery.kit.http.Body;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response.Status;

/// One call under way: takes its message, or one after the other of a stream, and answers each. All of it happens on
/// the event loop of its connection, but for the answers to large messages.
final class Call implements Arrival {

    private static final long NO_ERROR = 0;
    private final HttpServerRequest request;
    private final Context context;
    private final Method method;
    private final Bodies bodies;
    private final RequestThreads threads;
    private final Reply reply;
    private final Incoming incoming;
    private final Deadline deadline;
    private Buffer rest;
    private Body body;
    private volatile long received;
    private volatile boolean complete;
    private boolean answering;
    private boolean ended;

    Call(HttpServerRequest request, Context context, Method method, int most, Bodies bodies, RequestThreads threads) {
        this.request = request;
        this.context = context;
        this.method = method;
        this.bodies = bodies;
        this.threads = threads;
        reply = new Reply(request.response());
        incoming = new Incoming(most, request.getHeader("grpc-encoding"));
        deadline = Deadline.ofGrpc(System.nanoTime(), request.getHeader("grpc-timeout"));
    }

    void begin() {
        request.exceptionHandler(gone -> over());
        request.response().closeHandler(gone -> over());
        request.handler(piece -> guarded(() -> take(piece)));
        request.endHandler(end -> guarded(this::end));
        if (!method.stream()) {
            watch(0);
        }
    }

    @Override
    public long received() {
        return received;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public boolean isOver() {
        return reply.isOver();
    }

    @Override
    public void end(Status status, String detail) {
        GrpcStatus told =
                status == Status.REQUEST_TIMEOUT ? GrpcStatus.DEADLINE_EXCEEDED : GrpcStatus.RESOURCE_EXHAUSTED;
        context.runOnContext(nothing -> fail(new GrpcFailure(told, detail)));
    }

    private void take(Buffer piece) {
        if (reply.isOver()) {
            // Its sender has its answer, and need send no more.
            request.response().reset(NO_ERROR);
            return;
        }
        received += piece.length();
        rest = rest == null ? piece : rest.appendBuffer(piece);
        goOn();
    }

    /// Takes messages from what has come, as long as none is being answered.
    private void goOn() {
        int at = 0;
        while (!answering && !reply.isOver() && rest != null && at < rest.length()) {
            boolean begun = incoming.isBegun();
            at += incoming.take(rest, at);
            if (!begun && incoming.isBegun()) {
                watch(incoming.length());
            }
            complete = incoming.isWhole();
            if (complete && method.stream()) {
                answer(incoming.next());
            }
        }
        rest = rest == null || at == rest.length() ? null : rest.getBuffer(at, rest.length());
    }

    private void end() {
        ended = true;
        complete = true;
        if (answering || reply.isOver()) {
            return;
        }
        if (method.stream() && incoming.isEmpty()) {
            letGo();
            reply.end();
        } else if (incoming.isWhole() && rest == null) {
            answer(incoming.next());
        } else {
            throw new GrpcFailure(
                    GrpcStatus.INVALID_ARGUMENT,
                    "The call needs one whole message, and ended with %s.".formatted(rest == null ? "less" : "more"));
        }
    }

    private void answer(byte[] message) {
        answering = true;
        if (!ended) {
            request.pause();
        }
        threads.answer(message.length, deadline, () -> method.answer().answer(new WireReader(message)))
                .subscribe()
                .with(answer -> onContext(() -> send(answer)), failure -> onContext(() -> fail(failure)));
    }

    private void send(WireWriter answer) {
        answering = false;
        letGo();
        if (reply.isOver()) {
            return;
        }
        if (!method.stream()) {
            reply.end(answer);
            return;
        }
        reply.write(answer);
        complete = false;
        if (!ended) {
            request.resume();
        }
        goOn();
        if (ended && !answering) {
            end();
        }
    }

    /// Takes room for what comes, in place of what was taken before.
    private void watch(int bytes) {
        letGo();
        complete = false;
        body = bodies.admit(bytes, this);
        if (body == null) {
            throw new GrpcFailure(
                    GrpcStatus.RESOURCE_EXHAUSTED,
                    "There is no room for a message of %d bytes while others are being received; try again soon."
                            .formatted(bytes));
        }
    }

    private void letGo() {
        if (body != null) {
            bodies.letGo(body);
            body = null;
        }
    }

    private void fail(Throwable e) {
        answering = false;
        over();
        reply.fail(GrpcFailure.of(e));
    }

    private void over() {
        letGo();
        rest = null;
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void onContext(Runnable step) {
        if (context == Vertx.currentContext()) {
            guarded(step);
        } else {
            context.runOnContext(nothing -> guarded(step));
        }
    }
}
