package dev.afterglow.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.registry.InMemorySchemaRegistry;
import dev.afterglow.schemas.serde.AvroSerializer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final long SEED = 20_261_123L;

    private final Fingerprint fingerprint = new Fingerprint();

    private static EventView view(EvaluationEvent event) {
        var view = new EventView();
        view.copy(event);
        return view;
    }

    private static EventView view(String project, String environment, String source, String id) {
        return view(Events.event(id, project, environment, "e", "v", "u", source));
    }

    @Test
    void doesNotChangeFromReleaseToRelease() {
        // given: what earlier releases have put into their logs
        EventView event = view(Events.plain());
        // when, then
        assertThat(fingerprint.idOf(event)).isEqualTo(6_325_871_758_784_447_157L);
        assertThat(fingerprint.contentsOf(event)).isEqualTo(443_740_604);
        assertThat(fingerprint.repeatOf(CountingPolicy.DAILY_UNIQUE, event)).isEqualTo(3_757_758_351_767_456_198L);
    }

    @Test
    void tellsTuplesApartThatReadTheSameInARow() {
        var views = List.of(
                view("ab", "c", "d", "e"),
                view("a", "bc", "d", "e"),
                view("a", "b", "cd", "e"),
                view("a", "b", "c", "de"),
                view("a", "b", null, "cde"),
                view("a", "b", "", "cde"));

        assertThat(views.stream().map(fingerprint::idOf)).doesNotHaveDuplicates();
    }

    @Test
    void tellsIdsApartAndNothingElse() {
        Random random = new Random(SEED);
        var seen = new HashSet<Long>();
        var ids = new HashSet<List<String>>();
        for (int i = 0; i < 20_000; i++) {
            EvaluationEvent event = Events.random(random);
            seen.add(fingerprint.idOf(view(event)));
            ids.add(Arrays.asList(event.getProject(), event.getEnvironment(), event.getSource(), event.getId()));
        }
        assertThat(seen).as("seed %d", SEED).hasSameSizeAs(ids);
    }

    @Test
    void givesOneNameToAnEventInWhateverVersionItWasWritten() {
        // given: a writer with few fields, in another order, and one of its own
        Schema other = SchemaBuilder.record("EvaluationEvent")
                .fields()
                .requiredInt("extra")
                .optionalString("session")
                .requiredString("unit")
                .requiredString("variant")
                .requiredBytes("experiment")
                .requiredLong("occurredAt")
                .requiredString("environment")
                .requiredString("project")
                .requiredString("id")
                .requiredString("pageView")
                .endRecord();
        EvaluationEvent event = Events.plain();
        var record = new GenericData.Record(other);
        record.put("extra", 7);
        record.put("session", event.getSession());
        record.put("unit", event.getUnit());
        record.put("variant", event.getVariant());
        record.put("experiment", ByteBuffer.wrap(event.getExperiment().getBytes(StandardCharsets.UTF_8)));
        record.put("occurredAt", event.getOccurredAt().toEpochMilli());
        record.put("environment", event.getEnvironment());
        record.put("project", event.getProject());
        record.put("id", event.getId());
        record.put("pageView", event.getPageView());
        var registry = new InMemorySchemaRegistry();
        var readers = new EventReaders(registry);
        var view = new EventView();
        // when
        byte[] data = new AvroSerializer<GenericRecord>(registry).serialize("evaluations", record);
        readers.read(data, view);
        // then
        assertThat(view.bytes()).isSameAs(data);
        assertThat(fingerprint.idOf(view)).isEqualTo(fingerprint.idOf(view(event)));
        assertThat(fingerprint.contentsOf(view)).isEqualTo(fingerprint.contentsOf(view(event)));
    }

    @Test
    void seesEveryPartOfTheContentsAndNoneOfTheId() {
        // given: one event, and others that differ in one field each
        var base = Events.plain();
        var others = List.of(
                EvaluationEvent.newBuilder(base).setExperiment("other").build(),
                EvaluationEvent.newBuilder(base).setVariant("other").build(),
                EvaluationEvent.newBuilder(base).setUnit("other").build(),
                EvaluationEvent.newBuilder(base)
                        .setOccurredAt(base.getOccurredAt().plusMillis(1))
                        .build(),
                EvaluationEvent.newBuilder(base).setCount(2).build(),
                EvaluationEvent.newBuilder(base).setRun("other").build(),
                EvaluationEvent.newBuilder(base).setPageView("other").build(),
                EvaluationEvent.newBuilder(base).setSession("other").build(),
                EvaluationEvent.newBuilder(base).setSession(null).build(),
                EvaluationEvent.newBuilder(base).setSession("").build(),
                base);
        // when, then
        assertThat(others.stream().map(event -> fingerprint.contentsOf(view(event))))
                .doesNotHaveDuplicates();
        assertThat(others.stream().map(event -> fingerprint.idOf(view(event))).distinct())
                .hasSize(1);
    }

    @Test
    void countsADayOnceWhateverTheVariant() {
        // given
        EventView blue = view(Events.event("1", "p", "e", "x", "blue", "u", null));
        EventView green = view(Events.event("2", "p", "e", "x", "green", "u", null));
        // when, then
        assertThat(fingerprint.repeatOf(CountingPolicy.DAILY_UNIQUE, blue))
                .isEqualTo(fingerprint.repeatOf(CountingPolicy.DAILY_UNIQUE, green));
        assertThat(fingerprint.repeatOf(CountingPolicy.SESSION_EXPOSURE, blue))
                .isNotEqualTo(fingerprint.repeatOf(CountingPolicy.SESSION_EXPOSURE, green));
        assertThatIllegalArgumentException().isThrownBy(() -> fingerprint.repeatOf(CountingPolicy.EVALUATION, blue));
    }
}
