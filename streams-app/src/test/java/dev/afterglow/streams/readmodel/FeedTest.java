package dev.afterglow.streams.readmodel;

import static dev.afterglow.streams.readmodel.FilledReadModel.TOPICS;
import static dev.afterglow.streams.readmodel.Samples.BUTTON;
import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.schemas.registry.RegistryUnavailableException;
import dev.afterglow.schemas.topic.Topic;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {

    private static final String KEY = Samples.countKey(BUTTON, HOUR, "on");

    @TempDir
    Path directory;

    private final FakeSource source = new FakeSource("cluster");
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @Test
    void isReadyOnceItHasAppliedWhatThereWas() {
        // given
        source.add(TOPICS.impressions(), KEY, Samples.count(BUTTON, HOUR, "on", 5, 1));

        // when
        try (var model = start(source, new InternalDecoders())) {
            await().until(model::ready);

            // then
            assertThat(impressions(model)).isEqualTo(5);
            assertThat(model.applied()).containsEntry(FakeSource.partition(TOPICS.impressions()), 1L);
        }
    }

    @Test
    void resumesWhereItWas() {
        // given
        source.add(TOPICS.impressions(), KEY, Samples.count(BUTTON, HOUR, "on", 5, 1));
        try (var model = start(source, new InternalDecoders())) {
            await().until(model::ready);
        }

        // when: the same topics, of which the first record can no longer be read
        var later = new FakeSource("cluster");
        later.skip(TOPICS.impressions(), 1);
        later.add(
                TOPICS.impressions(), Samples.countKey(BUTTON, HOUR, "off"), Samples.count(BUTTON, HOUR, "off", 2, 1));
        try (var model = start(later, new InternalDecoders())) {
            await().until(model::ready);

            // then
            assertThat(impressions(model)).isEqualTo(7);
        }
    }

    @Test
    void buildsAnewOnAnotherCluster() {
        // given
        source.add(TOPICS.impressions(), KEY, Samples.count(BUTTON, HOUR, "on", 5, 1));
        try (var model = start(source, new InternalDecoders())) {
            await().until(model::ready);
        }

        // when
        var other = new FakeSource("other");
        other.add(
                TOPICS.impressions(), Samples.countKey(BUTTON, HOUR, "off"), Samples.count(BUTTON, HOUR, "off", 2, 1));
        try (var model = start(other, new InternalDecoders())) {
            await().until(model::ready);

            // then
            assertThat(impressions(model)).isEqualTo(2);
        }
    }

    @Test
    void skipsARecordThatItCannotDecodeAndSaysHowMany() {
        // given
        source.addBytes(TOPICS.impressions(), KEY, new byte[] {1, 2, 3});
        source.addBytes(TOPICS.impressions(), "no key of a count", new byte[0]);
        source.add(TOPICS.impressions(), KEY, Samples.count(BUTTON, HOUR, "on", 5, 1));

        // when
        try (var model = start(source, new InternalDecoders())) {
            await().until(model::ready);

            // then
            assertThat(impressions(model)).isEqualTo(5);
            assertThat(model.skippedRecords()).isEqualTo(2);
        }
    }

    @Test
    void triesAgainWhileTheRegistryIsDown() {
        // given
        source.add(TOPICS.impressions(), KEY, Samples.count(BUTTON, HOUR, "on", 5, 1));
        var failures = new AtomicInteger(2);

        // when
        try (var model = start(source, failing(failures))) {
            await().until(model::ready);

            // then
            assertThat(impressions(model)).isEqualTo(5);
            assertThat(model.skippedRecords()).isZero();
        }
    }

    @Test
    void waitsForTopicsThatDoNotExistYet() {
        // given
        source.add(TOPICS.impressions(), KEY, Samples.count(BUTTON, HOUR, "on", 5, 1));
        source.failToDescribe(2);

        // when
        try (var model = start(source, new InternalDecoders())) {

            // then
            await().until(model::ready);
            assertThat(failure).hasNullValue();
        }
    }

    private ReadModel start(FakeSource from, Decoders decoders) {
        return ReadModel.start(directory, TOPICS, () -> from, decoders, Clock.systemUTC(), failure::set);
    }

    private static long impressions(ReadModel model) {
        try (var view = model.view()) {
            return view.impressions(BUTTON).orElse(0L);
        }
    }

    private static Decoders failing(AtomicInteger failures) {
        var decoders = new InternalDecoders();
        return new Decoders() {
            @Override
            public <V> Deserializer<V> of(Topic<V> topic) {
                var working = decoders.of(topic);
                return (name, bytes) -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new RegistryUnavailableException("the registry does not answer", null);
                    }
                    return working.deserialize(name, bytes);
                };
            }
        };
    }
}
