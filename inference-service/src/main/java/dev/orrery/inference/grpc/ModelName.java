package dev.orrery.inference.grpc;

/// A request that names a model, and perhaps a version of it.
///
/// @param version null for the champion
record ModelName(String name, String version) {

    static ModelName read(WireReader message) {
        String name = "";
        String version = "";
        while (message.next()) {
            switch (message.field()) {
                case 1 -> name = message.text();
                case 2 -> version = message.text();
                default -> message.skip();
            }
        }
        return new ModelName(name, version.isEmpty() ? null : version);
    }
}
