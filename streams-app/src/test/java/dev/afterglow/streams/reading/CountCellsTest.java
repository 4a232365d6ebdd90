package dev.afterglow.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CountCellsTest {
    private static final long SEED = 20_261_123L;
    private static final long QUARTER = 900_000L;

    private final CountCells cells = new CountCells(100);

    private static EventView view(String project, String environment, String experiment, String variant) {
        var view = new EventView();
        view.copy(Events.event("id", project, environment, experiment, variant, "u", null));
        return view;
    }

    private static EventView view(int experiment) {
        return view("p", "e", "experiment-" + experiment, "v");
    }

    private static CellKey keyOf(EventView event, long quarter, CountingPolicy policy) {
        var experiment = new ExperimentKey(
                event.text(TextField.PROJECT), event.text(TextField.ENVIRONMENT), event.text(TextField.EXPERIMENT));
        return new CellKey(experiment, event.text(TextField.VARIANT), Instant.ofEpochMilli(quarter), policy);
    }

    private Map<CellKey, Long> counts() {
        var counts = new HashMap<CellKey, Long>();
        cells.forEach(cell -> assertThat(counts.put(cell.key(), cell.count())).isNull());
        return counts;
    }

    @Test
    void addsUpLikeAMapOverManyDrains() {
        Random random = new Random(SEED);
        var policies = CountingPolicy.values();
        for (int drain = 0; drain < 60; drain++) {
            var expected = new HashMap<CellKey, Long>();
            int experiments = 1 + random.nextInt(drain % 10 == 0 ? 3_000 : 40);
            for (int i = 0; i < 5_000; i++) {
                EventView event = view(random.nextInt(experiments));
                long quarter = (drain + random.nextInt(2)) * QUARTER;
                var policy = policies[random.nextInt(policies.length)];
                cells.cellOf(event, quarter, policy).add(i);
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
        var cell = cells.cellOf(view(1), 0, CountingPolicy.EVALUATION);
        cell.spend(3, Long.MAX_VALUE - 1);

        // when
        cell.spend(4, 5);

        // then
        assertThat(cell.overheadMicros()).isEqualTo(7);
        assertThat(cell.overheadBytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void sharesTheNamesOfCellsOfSeveralQuarterHours() {
        // when
        var one = cells.cellOf(view(1), 0, CountingPolicy.EVALUATION).key();
        var other = cells.cellOf(view(1), QUARTER, CountingPolicy.EVALUATION).key();

        // then
        assertThat(other.experiment()).isSameAs(one.experiment());
        assertThat(other.variant()).isSameAs(one.variant());
    }

    @Test
    void tellsCellsApartThatReadTheSameInARow() {
        // given
        cells.cellOf(view("ab", "c", "d", "e"), 0, CountingPolicy.EVALUATION).add(1);
        cells.cellOf(view("a", "bc", "d", "e"), 0, CountingPolicy.EVALUATION).add(1);
        cells.cellOf(view("a", "b", "cd", "e"), 0, CountingPolicy.EVALUATION).add(1);
        cells.cellOf(view("a", "b", "c", "de"), 0, CountingPolicy.EVALUATION).add(1);
        // when, then
        assertThat(counts()).hasSize(4);
    }

    @Test
    void namesWhatItCounts() {
        CellKey key = cells.cellOf(view("p", "e", "Versuch/ä", "grün"), QUARTER, CountingPolicy.DAILY_UNIQUE)
                .key();

        assertThat(key.experiment().toString()).isEqualTo("p/e/Versuch%2Fä");
        assertThat(key.variant()).isEqualTo("grün");
        assertThat(key.quarter()).isEqualTo(Instant.ofEpochMilli(QUARTER));
        assertThat(key.policy()).isEqualTo(CountingPolicy.DAILY_UNIQUE);
    }

    @Test
    void isEmptyOnceCleared() {
        // given
        cells.cellOf(view(1), 0, CountingPolicy.EVALUATION).add(5);
        // when
        cells.clear();
        // then
        assertThat(counts()).isEmpty();
        assertThat(cells.cellOf(view(1), 0, CountingPolicy.EVALUATION).count()).isZero();
    }

    @Test
    void keepsTheCellsOfWhatGoesOnAndNoMoreThanItsBound() {
        // given
        CountCell going = cells.cellOf(view(1), 0, CountingPolicy.EVALUATION);
        for (int i = 2; i < 100; i++) {
            cells.cellOf(view(i), 0, CountingPolicy.EVALUATION);
        }
        CountCell past = cells.cellOf(view(2), 0, CountingPolicy.EVALUATION);
        cells.clear();
        // when: one goes on, and as many others come as make it too many
        cells.cellOf(view(1), 0, CountingPolicy.EVALUATION);
        for (int i = 200; i < 250; i++) {
            cells.cellOf(view(i), 0, CountingPolicy.EVALUATION);
        }
        cells.clear();
        // then
        assertThat(cells.cellOf(view(1), 0, CountingPolicy.EVALUATION)).isSameAs(going);
        assertThat(cells.cellOf(view(2), 0, CountingPolicy.EVALUATION)).isNotSameAs(past);
        // when: more than the bound at once
        for (int i = 0; i < 1_000; i++) {
            cells.cellOf(view(i), 0, CountingPolicy.EVALUATION);
        }
        cells.clear();
        // then
        assertThat(cells.cellOf(view(1), 0, CountingPolicy.EVALUATION)).isNotSameAs(going);
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
                cells.cellOf(event, 0, CountingPolicy.EVALUATION).add(1);
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
