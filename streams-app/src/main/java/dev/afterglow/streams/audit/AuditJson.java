package dev.afterglow.streams.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A report for programs. */
public final class AuditJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private AuditJson() {}

    /**
     * The report as one JSON object.
     *
     * @param most how many differences are given, 0 or more; {@code differences} is the number of all
     */
    public static String of(AuditReport report, long most) {
        var object = new LinkedHashMap<String, Object>();
        object.put("from", report.range().from().map(Instant::toString).orElse(null));
        object.put("to", report.range().to().map(Instant::toString).orElse(null));
        var covered = new TreeMap<String, String>();
        report.coveredFrom().forEach((policy, from) -> covered.put(policy.name(), from.toString()));
        object.put("coveredFrom", covered);
        object.put("compared", report.compared());
        object.put("moving", report.moving());
        object.put("leftOut", report.leftOut());
        object.put(
                "partitions",
                report.partitions().stream().map(AuditJson::partition).toList());
        object.put("differences", report.differences().size());
        object.put(
                "shown",
                report.differences().stream()
                        .limit(most)
                        .map(AuditJson::difference)
                        .toList());
        try {
            return MAPPER.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written as JSON", e);
        }
    }

    private static Map<String, Object> partition(PartitionReport partition) {
        var object = new LinkedHashMap<String, Object>();
        object.put("partition", partition.partition());
        object.put("begin", partition.begin());
        object.put("end", partition.end());
        object.put("recounted", partition.recounted());
        object.put("ledger", partition.published().orElse(null));
        return object;
    }

    private static Map<String, String> difference(Difference difference) {
        return Map.of(
                "kind", difference.kind().name(),
                "where", difference.where(),
                "recounted", difference.recounted(),
                "published", difference.published());
    }
}
