package dev.afterglow.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.streams.config.AppConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageSettingsTest {

    @Test
    void commitsIntakeMoreOftenThanWhatWaitsForIt() {
        assertThat(commitInterval("intake")).isLessThan(commitInterval("impressions"));
        assertThat(commitInterval("impressions")).isEqualTo(commitInterval("cost"));
    }

    @Test
    void pollsForShortWhereItHasCasesToJudgeMeanwhile() {
        var judging = new StreamsConfig(settings(Map.of()).of("cleanup", 1));

        assertThat(judging.getLong(StreamsConfig.POLL_MS_CONFIG)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max.poll.records", "consumer.max.poll.records", "main.consumer.max.poll.records"})
    void leavesTheLastWordToTheUserUnderWhateverName(String name) {
        // when
        var consumer = new StreamsConfig(settings(Map.of(name, "7")).of("intake", 1))
                .getMainConsumerConfigs("group", "client", 0);

        // then
        assertThat(consumer.get("max.poll.records")).hasToString("7");
    }

    @Test
    void compressesAsTheUserSays() {
        // when
        var producer = new StreamsConfig(
                        settings(Map.of("compression.type", "zstd")).of("cost", 1))
                .getProducerConfigs("client");

        // then
        assertThat(producer.get("compression.type")).isEqualTo("zstd");
    }

    @Test
    void letsOneBundleWaitWhateverIsConfigured() {
        // given
        var given = Map.of(
                "buffered.records.per.partition",
                "1000",
                "processing.exception.handler",
                "org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler");

        // when
        var intake = new StreamsConfig(settings(given).of("intake", 1));

        // then: a bundle is as large as a poll, and going on after a failure would lose the rest of it
        assertThat(intake.getInt(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG))
                .isEqualTo(1);
        assertThat(intake.processingExceptionHandler()).isInstanceOf(LogAndFailProcessingExceptionHandler.class);
    }

    @Test
    void knowsHowLongAThreadMayBeAway() {
        assertThat(settings(Map.of()).maxPollInterval("intake")).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings(Map.of("max.poll.interval.ms", "600000")).maxPollInterval("intake"))
                .isEqualTo(Duration.ofMinutes(10));
    }

    private static long commitInterval(String stage) {
        return (Long) settings(Map.of()).of(stage, 1).get(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG);
    }

    private static StageSettings settings(Map<String, String> given) {
        var all = new HashMap<>(given);
        all.put("schema.registry.url", "mock://settings");
        return new StageSettings(AppConfig.load(Optional.empty(), Map.of(), all), "here");
    }
}
