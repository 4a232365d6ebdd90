package dev.afterglow.streams.apply;

import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.client.RecordEncoder;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One entry of a file that could be read.
 *
 * @param section the list it stands in
 * @param value what it says
 * @param path for example {@code budgets[0]}
 * @param places where its fields stand, by path
 */
record Entry<V extends SpecificRecord>(Section<V> section, V value, String path, Map<String, Place> places) {

    private static final Pattern FIELD = Pattern.compile("^([A-Za-z]+(?:\\[\\d+])?(?:\\.[A-Za-z]+)?)(: )?");

    Place place() {
        return places.get(path);
    }

    String key() {
        return section.key().apply(value);
    }

    long version() {
        return section.version().apply(value);
    }

    /** Runs the checks of the section; their texts begin with the name of the field, which says where it stands. */
    void check(Problems problems) {
        for (var problem : section.check().apply(value)) {
            var field = FIELD.matcher(problem);
            if (!field.find()) {
                problems.add(place(), path, problem);
            } else if (field.group(2) == null) {
                problems.add(place(field.group(1)), path, problem);
            } else {
                problems.add(place(field.group(1)), path + "." + field.group(1), problem.substring(field.end()));
            }
        }
    }

    ProducerRecord<String, byte[]> encode(Topics topics, RecordEncoder encoder) {
        var topic = section.topic().apply(topics);
        return new ProducerRecord<>(topic.name(), key(), encoder.encode(topic, value));
    }

    /** A field that is not written stands where that stands what it belongs to. */
    private Place place(String field) {
        var whole = path + "." + field;
        var owner = whole.substring(0, whole.lastIndexOf('.'));
        return Stream.of(whole, owner, path)
                .map(places::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }
}
