package dev.afterglow.streams.intake;

import dev.afterglow.contract.EvaluationEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Fixed-size names for what may be seen only once. Fields are hashed with their length before them, so that two
 * different tuples can never run together into the same bytes.
 *
 * <p>128 bits of SHA-256: among 10^10 ids kept, a new one is taken for a duplicate with odds of 3 in 10^29.
 */
final class Fingerprints {

    private static final int WIDTH = 16;

    private final MessageDigest digest = sha256();

    /** Names the event: its id within project, environment and source. */
    Bytes ofId(EvaluationEvent event) {
        return of("id", event.getProject(), event.getEnvironment(), event.getSource(), event.getId());
    }

    /** Names what an event says, so that a second event of the same id with other contents stands out. */
    long ofContents(EvaluationEvent event) {
        return ByteBuffer.wrap(hash(
                        event.getExperiment(),
                        event.getVariant(),
                        event.getUnit(),
                        event.getOccurredAt().toString(),
                        Long.toString(event.getCount()),
                        event.getRun(),
                        event.getPageView(),
                        event.getSession()))
                .getLong();
    }

    /** Names what a counting policy counts once. */
    Bytes of(String... fields) {
        return Bytes.wrap(Arrays.copyOf(hash(fields), WIDTH));
    }

    private byte[] hash(String... fields) {
        for (String field : fields) {
            // A length of -1 tells a missing field from an empty one.
            byte[] bytes = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(field == null ? -1 : bytes.length)
                    .flip());
            digest.update(bytes);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
