package dev.afterglow.streams.impressions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.state.DeltaBatch;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.state.Watermark;
import dev.afterglow.streams.deadletter.DeadLetters;
import dev.afterglow.streams.flow.Quarters;
import dev.afterglow.streams.readmodel.Conservation;
import dev.afterglow.streams.testkit.MockSerdes;
import dev.afterglow.streams.testkit.StageDriver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final Duration LATENESS = Duration.ofDays(62);

    /** The first watermark on which an hour is old, and was untouched for long enough since it was counted at noon. */
    private static final Instant OLD =
            NOON.plus(LATENESS).plus(Duration.ofHours(1)).plusMillis(1);

    private final Topics topics = new Topics("t.");
    private final MockSerdes serdes = new MockSerdes();
    private final Sealing sealing = new Sealing(LATENESS, Duration.ofDays(7), Duration.ofSeconds(1), 3);
    private final StageDriver driver =
            new StageDriver(new ImpressionsTopology(topics, serdes, 1, sealing)::toTopology, serdes, NOON);

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void refusesADeltaOfASealedHourAndSaysSo() throws Exception {
        // given
        watermark(NOON);
        add("a/b", blue(NOON, 2));
        sealAt(OLD);

        // when
        add("a/b", blue(NOON.plusSeconds(900), 3), blue(OLD, 7));

        // then: what is not sealed counts, and only that goes on
        assertThat(driver.values(topics.impressions()))
                .extracting(ImpressionCount::getCount)
                .containsExactly(7L);
        assertThat(driver.values(topics.traffic()).stream().map(FlowMessage::getBody))
                .filteredOn(DeltaBatch.class::isInstance)
                .singleElement()
                .isEqualTo(new DeltaBatch(List.of(deltas("a/b", blue(OLD, 7)))));
        assertThat(driver.readRaw(topics.deadLetters())).singleElement().satisfies(letter -> {
            assertThat(text(letter.key())).isEqualTo("shop/production/a%2Fb");
            assertThat(text(letter.headers().lastHeader(DeadLetters.REASON).value()))
                    .isEqualTo("SEALED");
            assertThat(text(letter.headers().lastHeader(DeadLetters.TOPIC).value()))
                    .isEqualTo("t.internal.deltas");
            assertThat(text(letter.headers().lastHeader(DeadLetters.ELEMENT).value()))
                    .isEqualTo("0");
            var json = new ObjectMapper().readTree(letter.value());
            assertThat(json.get("experiment").asText()).isEqualTo("a/b");
            assertThat(json.get("variant").asText()).isEqualTo("blue");
            assertThat(json.get("hour").asText()).isEqualTo("2026-11-03T12:00:00Z");
            assertThat(json.get("quarter").asText()).isEqualTo("2026-11-03T12:15:00Z");
            assertThat(json.get("count").asLong()).isEqualTo(3);
        });
    }

    @Test
    void numbersTheDeadLettersOfAMessageThroughAllItsExperiments() {
        // given
        watermark(NOON);
        add("a", blue(NOON, 2));
        add("b", blue(NOON, 2));
        sealAt(OLD);

        // when
        driver.pipe(
                topics.deltas(),
                "#0",
                new FlowMessage(
                        new DeltaBatch(List.of(deltas("a", blue(OLD, 1), blue(NOON, 3)), deltas("b", blue(NOON, 4))))));

        // then
        assertThat(driver.readRaw(topics.deadLetters()))
                .extracting(letter ->
                        text(letter.headers().lastHeader(DeadLetters.ELEMENT).value()))
                .containsExactly("1", "2");
    }

    @Test
    void correctsTheLedgerSoThatConservationHolds() {
        // given
        watermark(NOON);
        add("checkout", blue(NOON, 2));
        sealAt(OLD);

        // when
        add("checkout", blue(NOON, 3));
        add("checkout", blue(NOON, 4));

        // then: the last correction is the whole one
        var ledgers = driver.read(topics.intakeLedger());
        assertThat(ledgers)
                .hasSize(2)
                .allSatisfy(record -> assertThat(record.key()).isEqualTo("sealed/0"));
        var last = ledgers.get(1).value();
        assertThat(last.getCounted()).isEqualTo(-7);
        assertThat(last.getReceived()).isZero();
        assertThat(last.getDeadLettered()).isEqualTo(Map.of("SEALED", 7L));
        assertThat(Conservation.of(List.of(last)).holds()).isTrue();
        assertThat(Conservation.of(List.of(last)).partitions()).isZero();
    }

    @Test
    void sendsNothingOnWhenAllOfAMessageIsRefused() {
        // given
        watermark(NOON);
        add("checkout", blue(NOON, 2));
        sealAt(OLD);
        driver.read(topics.traffic());

        // when
        add("checkout", blue(NOON, 3));

        // then
        assertThat(driver.read(topics.traffic())).isEmpty();
        assertThat(driver.read(topics.impressions())).isEmpty();
    }

    @Test
    void keepsAnHourThatIsOldButWasTouchedWithinAWeek() {
        // given
        watermark(OLD.minus(Duration.ofDays(6)));
        add("checkout", blue(NOON, 2));
        sealAt(OLD);

        // when
        add("checkout", blue(NOON, 3));

        // then
        assertThat(driver.values(topics.impressions()))
                .extracting(ImpressionCount::getCount)
                .containsExactly(5L);
        assertThat(driver.readRaw(topics.deadLetters())).isEmpty();
    }

    @Test
    void keepsAnHourThatIsNotOldHoweverLongItStoodStill() {
        // given
        watermark(NOON);
        add("checkout", blue(NOON, 2));
        sealAt(OLD.minusMillis(1));

        // when
        add("checkout", blue(NOON, 3));

        // then
        assertThat(driver.values(topics.impressions()))
                .extracting(ImpressionCount::getCount)
                .containsExactly(5L);
    }

    @Test
    void countsBackfillOfHoursThatWereNeverThere() {
        // given: sealed hours after the one of 2019, and another experiment's at the very hour
        var history = Instant.parse("2019-11-24T00:00:00Z");
        watermark(NOON);
        add("checkout", blue(NOON, 2));
        sealAt(OLD);

        // when
        add("checkout", blue(history, 5));
        add("other", blue(NOON, 6));

        // then
        assertThat(driver.values(topics.impressions()))
                .extracting(ImpressionCount::getCount)
                .containsExactly(5L, 6L);
        assertThat(driver.readRaw(topics.deadLetters())).isEmpty();
    }

    @Test
    void givesCountsWithoutAKnownWatermarkTheirWeekFromTheFirstLook() {
        // given: counted before every partition had reported
        add("checkout", blue(NOON, 2));

        // when
        sealAt(OLD);
        driver.read(topics.impressions());
        watermark(OLD.plus(Duration.ofDays(7)));
        driver.advance(Duration.ofSeconds(10));
        add("checkout", blue(NOON, 3));

        // then: a week is not more than a week
        assertThat(driver.values(topics.impressions()))
                .extracting(ImpressionCount::getCount)
                .containsExactly(5L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 20})
    void walksThroughTheWholeStateInSmallSteps(int experiments) {
        // given: of each experiment two old hours and one that is not
        watermark(NOON);
        for (int i = 0; i < experiments; i++) {
            add("e" + i, blue(NOON, 1), blue(NOON.minusSeconds(7200), 1), blue(OLD.minusSeconds(7200), 1));
        }
        watermark(OLD);
        driver.read(topics.impressions());

        // when: three looks a step
        for (int step = 0; step < 5 * experiments + 5; step++) {
            driver.advance(Duration.ofSeconds(1));
        }
        for (int i = 0; i < experiments; i++) {
            add("e" + i, blue(NOON, 1), blue(NOON.minusSeconds(7200), 1), blue(OLD.minusSeconds(7200), 1));
        }

        // then
        assertThat(driver.readRaw(topics.deadLetters())).hasSize(2 * experiments);
        assertThat(driver.values(topics.impressions()))
                .hasSize(experiments)
                .allSatisfy(count -> assertThat(count.getCount()).isEqualTo(2));
    }

    private void sealAt(Instant at) {
        watermark(at);
        driver.advance(Duration.ofSeconds(10));
        driver.read(topics.impressions());
        driver.read(topics.traffic());
    }

    private void watermark(Instant readUpTo) {
        driver.pipe(topics.deltas(), null, new FlowMessage(new Watermark(0, readUpTo)));
    }

    private void add(String experiment, QuarterCount... counts) {
        driver.pipe(
                topics.deltas(),
                "shop/production/" + experiment.replace("/", "%2F"),
                new FlowMessage(deltas(experiment, counts)));
    }

    private static ExperimentDeltas deltas(String experiment, QuarterCount... counts) {
        return new ExperimentDeltas("shop", "production", experiment, CountingPolicy.EVALUATION, List.of(counts));
    }

    private static QuarterCount blue(Instant at, long count) {
        return new QuarterCount("blue", Quarters.quarterOf(at), count);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
