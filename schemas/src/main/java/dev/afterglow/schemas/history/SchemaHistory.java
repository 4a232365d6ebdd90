package dev.afterglow.schemas.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The kept versions of the schemas: {@code schema-history/<full name>/v1.avsc}, {@code v2.avsc} and so on, the newest
 * being that of today. They are complete in themselves, without documentation and without what only Java understands.
 */
public final class SchemaHistory {
    private SchemaHistory() {}

    /**
     * The kept versions of a type, oldest first; none for a type of which no version is kept.
     *
     * @param type a generated class; its own class loader is asked
     * @throws UncheckedIOException when a version is there and cannot be read
     */
    public static List<Schema> versionsOf(Class<? extends SpecificRecord> type) {
        List<Schema> versions = new ArrayList<>();
        for (int number = 1; ; number++) {
            String resource = "schema-history/" + type.getName() + "/v" + number + ".avsc";
            try (InputStream text = type.getClassLoader().getResourceAsStream(resource)) {
                if (text == null) {
                    return List.copyOf(versions);
                }
                versions.add(new Schema.Parser().parse(text));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + resource, e);
            }
        }
    }
}
