package dev.orrery.inference.grpc;

import dev.orrery.inference.protocol.ModelRepository;
import dev.orrery.inference.protocol.ModelRepository.IndexEntry;
import jakarta.inject.Singleton;

/// Triton's model repository extension, in messages.
@Singleton
class Repository {

    private final ModelRepository models;

    Repository(ModelRepository models) {
        this.models = models;
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
        models.index(readyOnly).forEach(entry -> index.message(1, entry(entry)));
        return index;
    }

    WireWriter load(WireReader message) {
        models.load(model(message));
        return new WireWriter();
    }

    WireWriter unload(WireReader message) {
        throw models.unload(model(message));
    }

    private static String model(WireReader message) {
        String model = "";
        while (message.next()) {
            if (message.field() == 2) {
                model = message.text();
            } else {
                message.skip();
            }
        }
        return model;
    }

    private static WireWriter entry(IndexEntry entry) {
        return new WireWriter()
                .text(1, entry.name())
                .text(2, entry.version())
                .text(3, entry.state())
                .text(4, entry.reason());
    }
}
