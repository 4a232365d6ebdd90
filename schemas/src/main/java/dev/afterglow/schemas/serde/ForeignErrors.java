package dev.afterglow.schemas.serde;

import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.registry.PoisonException.Reason;
import dev.afterglow.schemas.registry.RegistryRefusedException;
import dev.afterglow.schemas.registry.RegistryUnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Sorts what another maker's serde throws into our kinds. The causes are walked from the outside in, and the first that
 * says something decides; when in doubt about the network, the registry is called unavailable, since a good record must
 * never be dead-lettered for an outage.
 *
 * <p>Two makers' exceptions carry the registry's answer and are on no class path of ours, so they are known by name:
 * Confluent's {@code RestClientException} (which ends its message with the registry's error code) and those of Apicurio's
 * client (one class per answer).
 */
final class ForeignErrors {
    private static final int DEEPEST = 20;
    private static final String CONFLUENT =
            "io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException";
    private static final Pattern CONFLUENT_CODE = Pattern.compile("error code: (\\d{3,9})");
    private static final Pattern APICURIO = Pattern.compile("io\\.apicurio\\.(registry\\.)?rest\\.client\\..*");
    private static final Set<String> APICURIO_UNKNOWN =
            Set.of("ContentNotFoundException", "ArtifactNotFoundException", "VersionNotFoundException");
    private static final Set<String> APICURIO_BUSY = Set.of(
            "RestClientException",
            "ApicurioRestClientException",
            "RateLimitedClientException",
            "LimitExceededException",
            // Two writers registered at the same moment; asked again, the registry finds what the other one put there.
            "ArtifactAlreadyExistsException",
            "VersionAlreadyExistsException");

    private ForeignErrors() {}

    /**
     * @param what for messages: what was being done with which topic
     * @param otherwise the reason to give when the bytes or the value are to blame
     */
    static RuntimeException translate(Throwable thrown, String what, Reason otherwise) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST)
                .map(cause -> decisive(cause, thrown, what, otherwise))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> undecided(thrown, what, otherwise));
    }

    private static Optional<RuntimeException> decisive(
            Throwable cause, Throwable thrown, String what, Reason otherwise) {
        if (cause instanceof PoisonException
                || cause instanceof RegistryUnavailableException
                || cause instanceof RegistryRefusedException) {
            return Optional.of((RuntimeException) cause);
        }
        String name = cause.getClass().getName();
        if (name.equals(CONFLUENT)) {
            return Optional.of(byStatus(cause, thrown, what));
        }
        if (APICURIO.matcher(name).matches()) {
            return Optional.of(byName(cause.getClass().getSimpleName(), thrown, what));
        }
        if (cause instanceof RetriableException || cause instanceof TimeoutException) {
            return Optional.of(unavailable(what, thrown));
        }
        if (cause instanceof InvalidConfigurationException
                || cause instanceof ConfigException
                || cause instanceof AuthenticationException
                || cause instanceof AuthorizationException) {
            return Optional.of(refused(what, thrown));
        }
        if (cause instanceof IOException) {
            return Optional.of(isAvros(cause) ? poison(cause, what, otherwise) : unavailable(what, thrown));
        }
        return Optional.empty();
    }

    private static RuntimeException undecided(Throwable thrown, String what, Reason otherwise) {
        // Serdes say in this way that they were set up wrongly; that is nobody's bytes.
        return thrown instanceof IllegalStateException ? refused(what, thrown) : poison(thrown, what, otherwise);
    }

    private static RuntimeException byStatus(Throwable confluent, Throwable thrown, String what) {
        Matcher matcher = CONFLUENT_CODE.matcher(String.valueOf(confluent.getMessage()));
        int code = matcher.find() ? Integer.parseInt(matcher.group(1)) : 500;
        int status = code > 999 ? code / 100 : code;
        if (status >= 500 || status == 429 || status == 408) {
            return unavailable(what, thrown);
        }
        // A bare 404 is that of a wrong path; the registry's own for a missing schema has five digits.
        return code / 100 == 404 ? unknownId(what, thrown) : refused(what, thrown);
    }

    private static RuntimeException byName(String apicurio, Throwable thrown, String what) {
        if (APICURIO_UNKNOWN.contains(apicurio)) {
            return unknownId(what, thrown);
        }
        return APICURIO_BUSY.contains(apicurio) ? unavailable(what, thrown) : refused(what, thrown);
    }

    /** Avro reports bytes that end too early, or numbers that are none, as I/O errors, though no network is involved. */
    private static boolean isAvros(Throwable io) {
        StackTraceElement[] trace = io.getStackTrace();
        String origin = trace.length > 0 ? trace[0].getClassName() : "";
        return origin.startsWith("org.apache.avro.")
                || io.getClass().getName().startsWith("org.apache.avro.")
                || (trace.length == 0 && io instanceof EOFException);
    }

    private static PoisonException poison(Throwable cause, String what, Reason otherwise) {
        Reason reason = cause instanceof EOFException ? Reason.TRUNCATED : otherwise;
        return new PoisonException(
                reason, "Could not " + what + ": " + cause.getClass().getName(), cause);
    }

    private static PoisonException unknownId(String what, Throwable thrown) {
        return new PoisonException(
                Reason.UNKNOWN_SCHEMA_ID,
                "Could not " + what + ": the schema registry does not know its schema",
                thrown);
    }

    private static RegistryUnavailableException unavailable(String what, Throwable thrown) {
        return new RegistryUnavailableException("Could not " + what + ": " + thrown, thrown);
    }

    private static RegistryRefusedException refused(String what, Throwable thrown) {
        return new RegistryRefusedException(
                "Could not " + what + ": " + thrown
                        + "; check the address, the credentials and the settings of the serde" + " named in "
                        + SerdeFactory.VALUE_SERDE,
                thrown);
    }
}
