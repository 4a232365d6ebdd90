package dev.afterglow.streams.apply;

import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.client.RecordEncoder;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What some files say, all of it checked. */
public final class DefinitionSet {

    private final List<Entry<?>> entries;

    DefinitionSet(List<Entry<?>> entries) {
        this.entries = List.copyOf(entries);
    }

    /** How many entries there are. */
    public int size() {
        return entries.size();
    }

    /** What the entries of one list say, in the order of the files. */
    public <V extends SpecificRecord> List<V> values(Class<V> type) {
        return entries.stream()
                .map(Entry::value)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The topics they belong to. */
    public List<Topic<?>> topics(Topics topics) {
        return entries.stream()
                .<Topic<?>>map(entry -> entry.section().topic().apply(topics))
                .distinct()
                .toList();
    }

    /** The records to send, what others refer to first. */
    List<ProducerRecord<String, byte[]>> encode(Topics topics, RecordEncoder encoder) {
        return entries.stream().map(entry -> entry.encode(topics, encoder)).toList();
    }

    /** For people: a line per entry. */
    public String summary() {
        return entries.stream()
                .map(entry ->
                        String.format("%-10s  %s, version %d", entry.section().one(), entry.key(), entry.version()))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
