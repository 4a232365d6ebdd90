package dev.afterglow.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountCellsTest {
    private static final long SEED = 20_261_123L;
    private static final long QUARTER = 900_000L;

    private final CountCells cells =
            new CountCells(100, experiment -> experiment.experiment().length());

    private record Key(ExperimentKey experiment, String variant, Instant quarter, CountingPolicy policy) {}

    private static EventView view(String project, String environment, String experiment, String variant) {
        var view = new EventView();
        view.copy(Events.event("id", project, environment, experiment, variant, "u", null));
        view.occurredAt(0);
        return view;
    }

    private static EventView view(int experiment) {
        return view("p", "e", "experiment-" + experiment, "v");
    }

    private static Key keyOf(EventView event, long quarter, CountingPolicy policy) {
        var experiment = new ExperimentKey(
                event.text(TextField.PROJECT), event.text(TextField.ENVIRONMENT), event.text(TextField.EXPERIMENT));
        return new Key(experiment, event.text(TextField.VARIANT), Instant.ofEpochMilli(quarter), policy);
    }

    private void add(EventView event, long occurredAt, CountingPolicy policy, long impressions) {
        event.occurredAt(occurredAt);
        cells.add(event, policy, impressions, 0, 0);
    }

    private void add(EventView event) {
        cells.add(event, CountingPolicy.EVALUATION, 1, 0, 0);
    }

    private Map<Key, Long> counts() {
        var counts = new HashMap<Key, Long>();
        cells.forEach(variant -> {
            for (int i = 0; i < variant.size(); i++) {
                var quarter = Instant.ofEpochMilli(variant.quarter(i));
                var key = new Key(variant.experiment(), variant.variant(), quarter, variant.policy(i));
                assertThat(counts.put(key, variant.count(i))).isNull();
            }
        });
        return counts;
    }

    private VariantCounts only() {
        assertThat(all()).hasSize(1);
        return all().get(0);
    }

    private List<VariantCounts> all() {
        var all = new ArrayList<VariantCounts>();
        cells.forEach(all::add);
        return all;
    }

    @Test
    void addsUpLikeAMapOverManyDrains() {
        Random random = new Random(SEED);
        var policies = CountingPolicy.values();
        for (int drain = 0; drain < 60; drain++) {
            var expected = new HashMap<Key, Long>();
            int experiments = 1 + random.nextInt(drain % 10 == 0 ? 3_000 : 40);
            for (int i = 0; i < 5_000; i++) {
                EventView event = view(random.nextInt(experiments));
                long quarter = (drain - 30 + random.nextInt(random.nextBoolean() ? 2 : 9)) * QUARTER;
                var policy = policies[random.nextInt(policies.length)];
                add(event, quarter + random.nextInt((int) QUARTER), policy, i);
                expected.merge(keyOf(event, quarter, policy), (long) i, Long::sum);
            }
            assertThat(counts()).as("seed %d, drain %d", SEED, drain).isEqualTo(expected);
            assertThat(cells.size()).isEqualTo(expected.size());
            cells.clear();
        }
    }

    @Test
    void addsUpWhatClientsSpendAndStaysAtTheMaximum() {
        // given
        cells.add(view(1), CountingPolicy.EVALUATION, 1, 3, Long.MAX_VALUE - 1);

        // when
        cells.add(view(1), CountingPolicy.EVALUATION, 1, 4, 5);

        // then
        assertThat(only().overheadMicros(0)).isEqualTo(7);
        assertThat(only().overheadBytes(0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesACountThatDoesNotFit() {
        // given
        add(view(1), 0, CountingPolicy.EVALUATION, Long.MAX_VALUE);

        // then
        assertThatThrownBy(() -> add(view(1))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void givesTheQuarterHoursOfAVariantInOrder() {
        // given
        for (int quarter : new int[] {3, -1, 7, 0, 3}) {
            add(view(1), quarter * QUARTER + 5, CountingPolicy.EVALUATION, 1);
        }

        // then
        var variant = only();
        assertThat(IntStream.range(0, variant.size()).mapToLong(i -> variant.quarter(i) / QUARTER))
                .containsExactly(-1L, 0L, 3L, 7L);
    }

    @Test
    void tellsCellsApartThatReadTheSameInARow() {
        // given
        add(view("ab", "c", "d", "e"));
        add(view("a", "bc", "d", "e"));
        add(view("a", "b", "cd", "e"));
        add(view("a", "b", "c", "de"));
        // when, then
        assertThat(counts()).hasSize(4);
    }

    @Test
    void namesWhatItCounts() {
        // when
        add(view("p", "e", "Versuch/ä", "grün"), QUARTER, CountingPolicy.DAILY_UNIQUE, 1);

        // then
        var variant = only();
        assertThat(variant.experiment().toString()).isEqualTo("p/e/Versuch%2Fä");
        assertThat(variant.variant()).isEqualTo("grün");
        assertThat(variant.quarter(0)).isEqualTo(QUARTER);
        assertThat(variant.policy(0)).isEqualTo(CountingPolicy.DAILY_UNIQUE);
        assertThat(variant.partition()).isEqualTo("Versuch/ä".length());
    }

    @Test
    void isEmptyOnceCleared() {
        // given
        add(view(1), 0, CountingPolicy.EVALUATION, 5);

        // when
        cells.clear();

        // then
        assertThat(counts()).isEmpty();
        assertThat(cells.size()).isZero();
        add(view(1), 0, CountingPolicy.EVALUATION, 1);
        assertThat(counts().values()).containsExactly(1L);
    }

    @Test
    void keepsTheVariantsThatGoOnAndNoMoreThanItsBound() {
        // given
        IntStream.range(1, 100).forEach(i -> add(view(i)));
        var going = all().get(0);
        cells.clear();
        add(view(2));
        var past = only();
        cells.clear();

        // when: one goes on, and as many others come as make it too many
        add(view(1));
        IntStream.range(200, 250).forEach(i -> add(view(i)));
        cells.clear();

        // then
        add(view(1));
        assertThat(only()).isSameAs(going);
        cells.clear();
        add(view(2));
        assertThat(only()).isNotSameAs(past);

        // when: more than the bound at once
        IntStream.range(0, 1_000).forEach(i -> add(view(i)));
        cells.clear();

        // then
        add(view(1));
        assertThat(only()).isNotSameAs(going);
    }

    @Test
    void allocatesNothingForWhatGoesOn() {
        // given
        EventView event = view(1);
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var cache = new TextCache<>(TextField.PROJECT, 16, text -> text);
        var fingerprint = new Fingerprint();
        long sum = 0;
        long allocated = Long.MAX_VALUE;
        // when: the best of several rounds, since the first ones compile
        for (int round = 0; round < 5; round++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100_000; i++) {
                sum += fingerprint.idOf(event) + fingerprint.contentsOf(event);
                sum += cache.of(event).length();
                cells.add(event, CountingPolicy.EVALUATION, 1, 0, 0);
                if (i % 1_000 == 0) {
                    cells.clear();
                }
            }
            allocated = Math.min(allocated, thread.getCurrentThreadAllocatedBytes() - before);
        }
        // then
        assertThat(allocated).as("checksum %d", sum).isLessThan(100_000);
    }
}
