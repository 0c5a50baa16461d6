package dev.orrery.registry.mlflow;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/// What MLflow lets names and keys look like.
public final class Keys {

    private static final Pattern KEY = Pattern.compile("[/\\w.\\- :]*", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern ALIAS = Pattern.compile("[\\w\\-]{1,255}");
    private static final Pattern VERSION_ALIAS = Pattern.compile("[vV]\\d+");
    private static final Pattern LOCATION = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/[^\\\\\\p{Cntrl}]*(?<!\\s)");
    private static final Pattern FILE = Pattern.compile("file:", Pattern.CASE_INSENSITIVE);
    private static final int KEY_LENGTH = 250;
    private static final int NAME_LENGTH = 500;

    private Keys() {}

    /// A key of a metric, parameter or tag.
    public static String key(String key) {
        if (key.length() > KEY_LENGTH || !KEY.matcher(key).matches() || !isNormalPath(key)) {
            throw MlflowError.invalid(
                    "Invalid key '%s': keys are at most %d letters, digits, '_', '-', '.', ' ', ':' and '/',"
                            + " and are no path with '.', '..' or empty parts.",
                    key, KEY_LENGTH);
        }
        return key;
    }

    /// Keys with their values, the values cut to a length as MLflow does.
    public static void addTo(Map<String, String> kept, Map<String, String> given, int length) {
        given.forEach((key, value) -> kept.put(key(key), cut(value, length)));
    }

    public static String cut(String value, int length) {
        return value.length() <= length ? value : value.substring(0, length);
    }

    /// The name of an experiment.
    public static String experiment(String name) {
        if (name.isBlank() || name.length() > NAME_LENGTH) {
            throw MlflowError.invalid(
                    "Invalid experiment name '%s': it must not be blank, nor longer than %d.", name, NAME_LENGTH);
        }
        return name;
    }

    /// The name of a registered model.
    public static String model(String name) {
        if (name.isBlank()
                || name.length() > KEY_LENGTH
                || name.contains("/")
                || name.contains(":")
                || name.chars().anyMatch(Character::isISOControl)
                || !isNormalPath(name)) {
            throw MlflowError.invalid(
                    "Invalid model name '%s': it must not be blank, contain '/' or ':', or be longer than %d.",
                    name, KEY_LENGTH);
        }
        return name;
    }

    /// Where artifacts or a version's files are said to lie: an address that means the same to everybody, `s3://…`,
    /// `runs:/…`, and never a place on somebody's disk.
    public static String location(String location) {
        String decoded = decode(location);
        boolean climbs = Arrays.asList(decoded.split("/")).contains("..");
        if (climbs
                || !LOCATION.matcher(decoded).matches()
                || FILE.matcher(decoded).lookingAt()) {
            throw MlflowError.invalid(
                    "Invalid location '%s': it is an address such as 's3://bucket/path', 'runs:/<run_id>/model' or"
                            + " 'mlflow-artifacts:/path', and no path on a disk.",
                    location);
        }
        return location;
    }

    public static String alias(String alias) {
        if (!ALIAS.matcher(alias).matches()) {
            throw MlflowError.invalid(
                    "Invalid alias '%s': aliases are at most 255 letters, digits, '_' and '-'.", alias);
        }
        if (alias.equalsIgnoreCase("latest") || VERSION_ALIAS.matcher(alias).matches()) {
            throw MlflowError.invalid("Invalid alias '%s': it is reserved for versions by number.", alias);
        }
        return alias;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    private static boolean isNormalPath(String path) {
        if (path.isEmpty() || path.equals(".") || path.startsWith("..") || path.startsWith("/")) {
            return false;
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }
}
