package dev.afterglow.streams.flow;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Headers after the Kafka binding of CloudEvents 1.0 in binary mode, so that alerts can be routed without decoding. */
public final class CloudEvents {

    private CloudEvents() {}

    /**
     * The headers of an event.
     *
     * @param id unique within the source, and the same on every replay
     * @param source stage that emits it, for example {@code cleanup}
     * @param type what happened, for example {@code leftover-rollout.open}
     * @param subject what it is about
     * @param time when it happened
     */
    public static Headers headers(String id, String source, String type, String subject, Instant time) {
        var headers = new RecordHeaders();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", id);
        put(headers, "ce_source", "/afterglow/" + source);
        put(headers, "ce_type", "dev.afterglow." + type);
        put(headers, "ce_subject", subject);
        put(headers, "ce_time", time.toString());
        put(headers, "content-type", "application/avro");
        return headers;
    }

    /** A symbol of a contract as a part of a type: {@code LEFTOVER_ROLLOUT} becomes {@code leftover-rollout}. */
    public static String word(Enum<?> symbol) {
        return symbol.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
