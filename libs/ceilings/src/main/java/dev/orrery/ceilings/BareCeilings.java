package dev.orrery.ceilings;

import java.io.OutputStream;

/// A bare answer over HTTP, for as long as somebody wants to ask.
///
/// Given: `port`, where fixed bytes are answered until standard input ends.
final class BareCeilings implements Suite {

    @Override
    public void measure(Given given, Gauge gauge) throws Exception {
        try (BareAnswer _ = new BareAnswer((int) given.number("port"))) {
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
