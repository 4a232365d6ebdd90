package dev.afterglow.schemas.serde;

import dev.afterglow.schemas.history.SchemaHistory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Records, and versions of their schema, that the tests share. */
final class Samples {
    static final String TOPIC = "sightings";
    static final String SUBJECT = "sightings-value";

    /** The first version, kept as such, as somebody without Java wrote it: fewer fields, an int, another namespace. */
    static final Schema V1 = SchemaHistory.versionsOf(Sighting.class).get(0);

    private Samples() {}

    static Sighting sighting(String id) {
        return Sighting.newBuilder()
                .setId(id)
                .setCount(7)
                .setSeenAt(Instant.ofEpochMilli(1_000))
                .setColour(Colour.GREEN)
                .setPlace(new Place("hill"))
                .setTags(List.of("a", "b"))
                .setNotes(Map.of("k", "v"))
                .build();
    }
}
