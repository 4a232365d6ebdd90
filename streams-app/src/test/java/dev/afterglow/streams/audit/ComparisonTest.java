package dev.afterglow.streams.audit;

import static dev.afterglow.streams.audit.Recounts.NOON;
import static dev.afterglow.streams.audit.Recounts.cell;
import static dev.afterglow.streams.audit.Recounts.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.streams.audit.Difference.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

    private static final Cell CELL = cell(NOON, CountingPolicy.EVALUATION);
    private static final String KEY = CELL.key().toString();
    private static final Coverage WHOLE = new Coverage(Optional.empty(), Recounts.LIMITS);

    private final CountSheet sheet = new CountSheet();
    private final PublishedCounts published = new PublishedCounts();

    @Test
    void findsNothingWhereBothAreTheSame() {
        // given
        sheet.add(CELL, 1, 5, true);
        published.read(KEY, count(CELL, 1, 0L, 2L, 0L, 0L));
        published.read(KEY, count(CELL, 2, 0L, 5L, 0L, 0L));

        // when
        var comparison = compared(AuditRange.ALL, WHOLE);

        // then
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.compared()).isEqualTo(1);
    }

    @Test
    void namesACountThatIsWrong() {
        // given
        sheet.add(CELL, 1, 5, true);
        published.read(KEY, count(CELL, 7, 0L, 6L, 0L, 0L));

        // then
        assertThat(compared(AuditRange.ALL, WHOLE).differences())
                .containsExactly(new Difference(
                        Kind.COUNT, KEY + " EVALUATION", "5 [0, 5, 0, 0]", "6 [0, 6, 0, 0] (revision 7)"));
    }

    @Test
    void seesThatACountLiesInAnotherQuarterHour() {
        // given
        sheet.add(CELL, 1, 5, true);
        published.read(KEY, count(CELL, 1, 5L, 0L, 0L, 0L));

        // then
        assertThat(compared(AuditRange.ALL, WHOLE).differences()).hasSize(1);
    }

    @Test
    void namesACountThatWasNotPublished() {
        // given
        sheet.add(CELL, 1, 5, true);

        // then
        assertThat(compared(AuditRange.ALL, WHOLE).differences())
                .extracting(Difference::published)
                .containsExactly("none");
    }

    @Test
    void namesACountThatNothingStandsBehind() {
        // given
        published.read(KEY, count(CELL, 1, 1L, 0L, 0L, 0L));

        // then
        assertThat(compared(AuditRange.ALL, WHOLE).differences())
                .extracting(Difference::recounted)
                .containsExactly("0 [0, 0, 0, 0]");
    }

    @Test
    void namesACountUnderAnotherPolicyOnBothSides() {
        // given
        sheet.add(CELL, 0, 1, true);
        published.read(KEY, count(cell(NOON, CountingPolicy.DAILY_UNIQUE), 1, 1L, 0L, 0L, 0L));

        // then
        assertThat(compared(AuditRange.ALL, WHOLE).differences())
                .extracting(Difference::where)
                .containsExactly(KEY + " DAILY_UNIQUE", KEY + " EVALUATION");
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "5, 0", "6, 0", "7, 1"})
    void takesAnythingBetweenTheBoundsWhileACountRises(long found, int differences) {
        // given
        sheet.add(CELL, 0, 5, true);
        sheet.add(CELL, 0, 1, false);
        published.read(KEY, count(CELL, 3, found, 0L, 0L, 0L));

        // when
        var comparison = compared(AuditRange.ALL, WHOLE);

        // then
        assertThat(comparison.differences()).hasSize(differences);
        assertThat(comparison.moving()).isEqualTo(1);
    }

    @Test
    void leavesOutWhatIsNotAskedForOrNotCovered() {
        // given a wrong count before the range, and one before what is covered
        var early = cell(NOON.minus(Duration.ofHours(1)), CountingPolicy.EVALUATION);
        var daily = cell(NOON, CountingPolicy.DAILY_UNIQUE);
        published.read(early.key().toString(), count(early, 1, 9L, 0L, 0L, 0L));
        published.read(KEY, count(daily, 1, 9L, 0L, 0L, 0L));
        var lost = new Coverage(Optional.of(NOON.minus(Duration.ofHours(27))), Recounts.LIMITS);

        // when
        var comparison = compared(new AuditRange(Optional.of(NOON), Optional.empty()), lost);

        // then
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.leftOut()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 0", "4, 5, 0", "1, 1, 1", "2, 1, 1", "1, 3, 1"})
    void wantsEachRevisionOneHigherThanTheOneBefore(long first, long second, int differences) {
        // when
        published.read(KEY, count(CELL, first, 1L, 0L, 0L, 0L));
        published.read(KEY, count(CELL, second, 2L, 0L, 0L, 0L));

        // then
        assertThat(published.differences())
                .hasSize(differences)
                .allSatisfy(it -> assertThat(it.kind()).isEqualTo(Kind.REVISION));
    }

    @Test
    void namesARecordThatContradictsItself() {
        // given
        var count = ImpressionCount.newBuilder(count(CELL, 1, 1L, 1L, 0L, 0L))
                .setCount(3)
                .build();

        // when
        published.read(KEY, count);
        published.read("elsewhere", count(CELL, 1, 1L, 0L, 0L, 0L));

        // then
        assertThat(published.differences())
                .extracting(Difference::recounted)
                .containsExactly("four quarter-hours that make 3", "a key like its fields");
    }

    @Test
    void namesEachTotalThatIsNotThatOfTheLedger() {
        // given
        var comparison = new Comparison(AuditRange.ALL, WHOLE);

        // when
        comparison.ledger(new PartitionReport(
                3,
                0,
                10,
                Map.of("received", 10L, "excluded REPEAT", 1L),
                Optional.of(Map.of("received", 10L, "dead-lettered INVALID", 2L))));

        // then
        assertThat(comparison.differences())
                .containsExactly(
                        new Difference(Kind.LEDGER, "partition 3 dead-lettered INVALID", "0", "2"),
                        new Difference(Kind.LEDGER, "partition 3 excluded REPEAT", "1", "0"));
    }

    @Test
    void showsNoMoreThanAskedForAndSaysHowManyThereAre() {
        // given
        var difference = new Difference(Kind.COUNT, "somewhere", "1", "2");
        var report = new AuditReport(
                AuditRange.ALL, Map.of(), List.of(), 3, 0, 0, List.of(difference, difference, difference));

        // when
        var lines = AuditText.lines(report, 1);

        // then
        assertThat(lines)
                .containsExactly(
                        "Hours (UTC): the beginning to the end",
                        "Every arrival is still in the log.",
                        "Counts: 3 compared",
                        "COUNT  somewhere: recounted 1, published 2",
                        "... and 2 more: show them with --all",
                        "Differences: 3");
    }

    @Test
    void writesAReportAsJson() {
        // given
        var partition = new PartitionReport(0, 0, 4, Map.of("received", 4L), Optional.empty());
        var report = new AuditReport(
                AuditRange.ALL, Map.of(CountingPolicy.EVALUATION, NOON), List.of(partition), 3, 0, 0, List.of());

        // then
        assertThat(AuditJson.of(report, 50))
                .isEqualTo("{\"from\":null,\"to\":null,\"coveredFrom\":{\"EVALUATION\":\"2026-11-23T12:00:00Z\"},"
                        + "\"compared\":3,\"moving\":0,\"leftOut\":0,\"partitions\":[{\"partition\":0,\"begin\":0,"
                        + "\"end\":4,\"recounted\":{\"received\":4},\"ledger\":null}],\"differences\":0,\"shown\":[]}");
    }

    private Comparison compared(AuditRange range, Coverage coverage) {
        var comparison = new Comparison(range, coverage);
        comparison.counts(sheet, published);
        return comparison;
    }
}
