package dev.afterglow.streams.apply;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.apply.DefinitionFiles.Source;
import dev.afterglow.streams.client.RecordEncoder;
import dev.afterglow.streams.text.BadInputException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Files for tests. */
final class Yaml {

    static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    static final String EXPERIMENT = """
            experiments:
              - project: shop
                environment: production
                experiment: button
                rolloutPercent: 100
                variants: {control: 50, treatment: 50}
            """;

    static final String BUDGET = """
            budgets:
              - budgetId: month
                scope: account
                account: acme
                currency: EUR
            """;

    private Yaml() {}

    static DefinitionSet read(String text) {
        return DefinitionFiles.read(List.of(new Source("f.yaml", text)), CLOCK);
    }

    static List<String> problems(String text) {
        return catchThrowableOfType(BadInputException.class, () -> read(text)).problems();
    }

    static <V> V one(Class<V> type, String text) {
        var collected = new Collector();
        read(text).encode(new Topics("t."), collected);
        return type.cast(collected.values.get(0));
    }

    /** Keeps what it is given. */
    static final class Collector implements RecordEncoder {

        final List<SpecificRecord> values = new ArrayList<>();

        @Override
        public <V extends SpecificRecord> byte[] encode(Topic<V> topic, V value) {
            values.add(value);
            return new byte[0];
        }
    }
}
