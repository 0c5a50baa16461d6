package dev.orrery.inference.grpc;

import dev.orrery.inference.endpoint.Endpoint;
import dev.orrery.inference.endpoint.Endpoints;
import jakarta.inject.Singleton;

/// Which models there are, as Triton's extension tells it.
@Singleton
class Repository {

    static final String EXTENSION = "model_repository";

    private static final String READY = "READY";
    private static final String UNAVAILABLE = "UNAVAILABLE";

    private final Endpoints endpoints;

    Repository(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    WireWriter index(WireReader message) {
        boolean readyOnly = false;
        while (message.next()) {
            if (message.field() == 2) {
                readyOnly = message.varintField() != 0;
            } else {
                message.skip();
            }
        }
        WireWriter index = new WireWriter();
        for (Endpoint endpoint : endpoints.after("")) {
            for (int version : endpoint.versions()) {
                index.message(1, entry(endpoint.name(), String.valueOf(version), READY, ""));
            }
            if (!endpoint.ready() && !readyOnly) {
                String why = endpoint.why().orElse("its model is being loaded");
                index.message(1, entry(endpoint.name(), "", UNAVAILABLE, why));
            }
        }
        return index;
    }

    private static WireWriter entry(String name, String version, String state, String reason) {
        return new WireWriter().text(1, name).text(2, version).text(3, state).text(4, reason);
    }
}
