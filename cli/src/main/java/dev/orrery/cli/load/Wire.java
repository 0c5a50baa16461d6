package dev.orrery.cli.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/// What is asked of whom.
///
/// @param grpc     over HTTP/2, and not over HTTP/1.1
/// @param path     of the service, as it stands in a request
/// @param head     headers of every request but those of its body, each with a line end; none for gRPC
/// @param bodies   asked in turn, again and again
/// @param look     what is wrong with an answer of status 200
public record Wire(InetSocketAddress address, boolean grpc, String path, String head, List<Body> bodies, Look look) {

    /// Looks at good answers.
    public interface Look {

        /// A glance at an answer, cheap enough for every one.
        ///
        /// @param body its bytes, between position and limit
        /// @param whole whether to read all of it
        /// @return what is wrong, or null
        String fault(ByteBuffer body, boolean whole);
    }

    public Wire {
        bodies = List.copyOf(bodies);
    }

    /// The same question to somebody else.
    public Wire to(InetSocketAddress other) {
        return new Wire(other, grpc, path, head, bodies, look);
    }

    String authority() {
        return address.getHostString() + ":" + address.getPort();
    }

    /// The average size of a body, bytes.
    double bytes() {
        return bodies.stream().mapToInt(body -> body.bytes().length).average().orElse(0);
    }
}
