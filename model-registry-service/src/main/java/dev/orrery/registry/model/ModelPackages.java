package dev.orrery.registry.model;

import dev.orrery.kit.problem.Conflict;
import dev.orrery.registry.RegistryConfig;
import dev.orrery.registry.artifact.ArtifactPath;
import dev.orrery.registry.artifact.Artifacts;
import dev.orrery.registry.artifact.Artifacts.Stored;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The files of versions: what lies in the folder that the version's source names, until it is blessed; from then on
/// exactly what it was blessed with.
@ApplicationScoped
public class ModelPackages {

    private final Artifacts artifacts;
    private final RegistryConfig config;

    ModelPackages(Artifacts artifacts, RegistryConfig config) {
        this.artifacts = artifacts;
        this.config = config;
    }

    /// A version's files, in order of path.
    public List<Stored> files(String model, int number) {
        ModelVersion version = ModelVersion.get(model, number);
        List<PackageFile> pinned = PackageFile.of(version);
        if (!pinned.isEmpty()) {
            return pinned.stream()
                    .map(file -> new Stored(file.path, file.digest, file.size))
                    .toList();
        }
        return version.folder == null ? List.of() : artifacts.files(new ArtifactPath(version.folder));
    }

    /// The file on disk.
    public Path content(Stored file) {
        return artifacts.content(file.digest());
    }

    /// Where others find a version's files, one per path below it.
    public String uri(String model, int number) {
        String name = URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
        String base = config.publicUrl().toString().replaceAll("/+$", "");
        return "%s/v1/models/%s/versions/%d/package".formatted(base, name, number);
    }

    /// Keeps a version's files as they are now, for good.
    ///
    /// @throws Conflict when one was removed since it was looked at
    void pin(ModelVersion version, List<Stored> files) {
        if (!PackageFile.of(version).isEmpty()) {
            return;
        }
        artifacts.lockContents(files.stream().map(Stored::digest).toList());
        for (Stored file : files) {
            if (Files.notExists(content(file))) {
                throw new Conflict("'%s' of version %d of '%s' was removed while it was examined; try again."
                        .formatted(file.path(), version.version, version.model));
            }
            PackageFile pinned = new PackageFile();
            pinned.versionId = version.id;
            pinned.path = file.path();
            pinned.digest = file.digest();
            pinned.size = file.size();
            pinned.persist();
        }
    }
}
