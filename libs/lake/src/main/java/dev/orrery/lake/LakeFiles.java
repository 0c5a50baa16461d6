package dev.orrery.lake;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.io.DelegateFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.ResolvingFileIO;
import org.apache.iceberg.io.SupportsPrefixOperations;

/// Where a lake's files lie: on this machine's disk, or wherever the scheme of their location says. `s3://` is
/// Iceberg's own `S3FileIO`, which comes with `org.apache.iceberg:iceberg-aws` and `software.amazon.awssdk:s3` on the
/// class path.
///
/// The disk is not left to Iceberg's `ResolvingFileIO`: for `file:` that takes Hadoop's file system, which brings
/// Hadoop's users and security along and does not force what it writes to the disk.
final class LakeFiles {

    /// The S3 client alone, with the JDK's own HTTP client: Iceberg's preset wants all of Amazon's services there.
    private static final Map<String, String> PRESET = Map.of(
            "s3.client-factory-impl",
            "org.apache.iceberg.aws.s3.DefaultS3FileIOAwsClientFactory",
            "http-client.type",
            "urlconnection");

    private LakeFiles() {}

    /// @param properties as Iceberg names them, such as `s3.endpoint`; for a disk there are none
    static FileIO at(String location, Map<String, String> properties) {
        if (isLocal(location)) {
            return new LocalFileIO();
        }
        Map<String, String> settings = new HashMap<>(PRESET);
        settings.putAll(properties);
        ResolvingFileIO files = new ResolvingFileIO();
        files.initialize(settings);
        return files;
    }

    /// A folder's location without its last slash: a path of this machine, or a URI as it is.
    static String location(String folder) {
        return isLocal(folder) ? location(path(folder)) : folder.replaceAll("/$", "");
    }

    static String location(Path path) {
        URI uri = path.toAbsolutePath().normalize().toUri();
        return "file://" + uri.getRawPath().replaceAll("/$", "");
    }

    /// The same files, with what only some can do: to say what there is.
    static SupportsPrefixOperations listed(FileIO files) {
        return files instanceof DelegateFileIO all ? all : (SupportsPrefixOperations) files;
    }

    private static boolean isLocal(String location) {
        return location.startsWith("file:") || !location.contains("://");
    }

    private static Path path(String folder) {
        return folder.startsWith("file:") ? Path.of(URI.create(folder)) : Path.of(folder);
    }
}
