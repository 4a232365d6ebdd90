package dev.afterglow.streams.cleanup;

import static dev.afterglow.streams.cleanup.CleanupBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.OperatorAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A project of which hundred impressions an hour are heard, or none. */
class SilentSourcesTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final CleanupBench cleanup = new CleanupBench();
    private final List<OperatorAlert> told = new ArrayList<>();

    @AfterEach
    void close() {
        cleanup.close();
    }

    @Test
    void tellsOfADayWithoutAnythingOnceAndOfTheTrafficThatCameBack() {
        // given
        hourly(NOON, day(10), 100);

        // when
        hourly(day(10), day(12), 0);
        hourly(day(12), day(13), 1);

        // then
        assertThat(told)
                .extracting(alert -> alert.getStatus() + " " + alert.getAt())
                .containsExactly("OPEN " + day(11), "RESOLVED " + day(12).plus(HOUR));
        var alert = told.get(0);
        assertThat(alert.getAlertId()).isEqualTo("source-silent/shop/production/" + day(11));
        assertThat(told.get(1).getAlertId()).isEqualTo(alert.getAlertId());
        assertThat(alert.getSummary())
                .isEqualTo(
                        "Nothing of shop/production has arrived that happened after 2026-11-13T12:00:00Z; in the same"
                                + " 24 h a week before it was 2400 impressions. Find out whether its events still reach the topic"
                                + " of evaluations; until they do, no clean-up alert of the project ends because traffic has"
                                + " stopped");
    }

    @Test
    void takesNoWeekendForIt() {
        // given
        for (int week = 0; week < 3; week++) {
            // when
            hourly(day(7 * week), day(7 * week + 5), 100);
            hourly(day(7 * week + 5), day(7 * week + 7), 0);
        }

        // then
        assertThat(told).isEmpty();
    }

    @Test
    void tellsOfAWeekendThatDoesNotEnd() {
        // given
        hourly(NOON, day(5), 100);
        hourly(day(5), day(7), 0);
        hourly(day(7), day(12), 100);

        // when
        hourly(day(12), day(16), 0);

        // then
        assertThat(told)
                .extracting(alert -> alert.getStatus() + " " + alert.getAt())
                .containsExactly("OPEN " + day(14).plus(HOUR));
    }

    @Test
    void expectsNothingOfAProjectThatHardlyEverSendsAnything() {
        // given
        for (int day = 0; day < 10; day++) {
            hourly(day(day), day(day).plus(HOUR), 99);
            hourly(day(day).plus(HOUR), day(day + 1), 0);
        }

        // when
        hourly(day(10), day(15), 0);

        // then
        assertThat(told).isEmpty();
    }

    @Test
    void staysOpenForAsLongAsItIsSilent() {
        // given
        hourly(NOON, day(10), 100);

        // when
        hourly(day(10), day(40), 0);

        // then
        assertThat(told).hasSize(1);
    }

    @Test
    void saysNothingOfWhatWasBackfilled() {
        // given
        judge(NOON);

        // when
        send(day(-60), day(-40), 100);
        judge(NOON.plus(HOUR));

        // then
        assertThat(told).isEmpty();
    }

    @Test
    void saysTheSameWhenAllOfItIsReadAtOnce() {
        // given
        send(NOON, day(10), 100);
        send(day(12), day(13), 100);

        // when
        judge(day(13));

        // then
        assertThat(told)
                .extracting(alert -> alert.getStatus() + " " + alert.getAt())
                .containsExactly("OPEN " + day(11), "RESOLVED " + day(12).plus(HOUR));
    }

    private void hourly(Instant from, Instant to, long count) {
        for (var hour = from; hour.isBefore(to); hour = hour.plus(HOUR)) {
            send(hour, hour.plus(HOUR), count);
            judge(hour.plus(HOUR));
        }
    }

    private void send(Instant from, Instant to, long count) {
        for (var hour = from; hour.isBefore(to) && count > 0; hour = hour.plus(HOUR)) {
            cleanup.traffic(hour, count);
        }
    }

    private void judge(Instant hour) {
        cleanup.judgedUpTo(hour);
        told.addAll(cleanup.driver.values(cleanup.topics.operatorAlerts()));
    }

    private static Instant day(int days) {
        return NOON.plus(Duration.ofDays(days));
    }
}
