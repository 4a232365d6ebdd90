package dev.afterglow.alerts.spike;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.Resolution;
import dev.afterglow.contract.Severity;
import dev.afterglow.state.SpikeState;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpikeAlertAuthorTest {

    private static final Instant END = Instant.parse("2026-11-16T12:30:00Z");

    private final SpikeAlertAuthor author = new SpikeAlertAuthor(SpikeRules.DEFAULTS);
    private final SpikeState state = new SpikeState(END.minusSeconds(1_800), END, END, 0, 8_000L, Severity.WARNING);
    private final SpikeReading reading = new SpikeReading(END, 5_000, Optional.of(Spikes.USUAL), 20_000, 0);

    @Test
    void saysWhatSpikesHowFarSinceWhenAndWhatItCosts() {
        // given the account has used 1,492 thousands in the month, at 10 micros
        var usage = Spikes.usage(15 * 96 + 52, 0);

        // when
        var alert = author.opened(Spikes.SUBJECT, state, reading, usage);

        // then what is left of the day are 46 quarter-hours, of the month 1,390
        assertThat(alert.getAlertId()).isEqualTo("SPIKE/acme/shop/production/a%2Fb/2026-11-16T12:00:00Z");
        assertThat(alert.getAt()).isEqualTo(END);
        assertThat(alert.getSpend()).isEqualTo(14_900_000);
        assertThat(alert.getSpike().getLimit()).isEqualTo(2_500);
        assertThat(alert.getSpike().getExcessCostMicros()).isEqualTo(80_000);
        assertThat(alert.getSpike().getDayEndMicros()).isEqualTo(46 * 4_000 * 10);
        assertThat(alert.getSpike().getPeriodEndMicros()).isEqualTo((46 + 14 * 96) * 4_000 * 10);
        assertThat(alert.getSummary())
                .isEqualTo("Experiment shop/production/a%2Fb of account acme had 5,000 impressions in the quarter-hour"
                        + " from 2026-11-16 12:15 UTC, 5.0 times the 1,000 usual at this time of 14 earlier days; far"
                        + " above since 2026-11-16 12:00 UTC, 8,000 more than usual so far, which cost USD 0.08; if it"
                        + " goes on, USD 1.84 more by the end of the day and USD 55.60 by the end of 2026-11.");
    }

    @Test
    void saysThatItCostsNothingWithinWhatIsIncluded() {
        var alert = author.opened(Spikes.SUBJECT, state, reading, Spikes.usage(1_490, 1_000_000_000));

        assertThat(alert.getSpike().getPeriodEndMicros()).isZero();
        assertThat(alert.getSummary()).contains("; it costs nothing, within what the plan includes");
    }

    @Test
    void pricesWhatGoesBeyondWhatIsIncluded() {
        // given one block of the quarter-hours to come is not included
        var alert = author.opened(Spikes.SUBJECT, state, reading, Spikes.usage(1_490, 1_490_000 + 46 * 4_000));

        assertThat(alert.getSpike().getExcessCostMicros()).isZero();
        assertThat(alert.getSpike().getDayEndMicros()).isZero();
        assertThat(alert.getSpike().getPeriodEndMicros()).isEqualTo(14 * 96 * 4_000 * 10);
    }

    @Test
    void leavesOutTheFeeAndWhatTheMinimumCovers() {
        // given 14.9 dollars used, a fee of 1, and a minimum that covers two of the quarter-hours to come
        var usage = Spikes.usage(1_490, 0, 1_000_000, 15_900_000 + 2 * 40_000);

        // when
        var alert = author.opened(Spikes.SUBJECT, state, reading, usage);

        // then
        assertThat(alert.getSpend()).isEqualTo(15_980_000);
        assertThat(alert.getSpike().getExcessCostMicros()).isZero();
        assertThat(alert.getSpike().getDayEndMicros()).isEqualTo(44 * 4_000 * 10);
        assertThat(alert.getSpike().getPeriodEndMicros()).isEqualTo((44 + 14 * 96) * 4_000 * 10);
    }

    @Test
    void resolvesWithWhatItCameTo() {
        var calm = new SpikeReading(END, 1_000, Optional.of(Spikes.USUAL), 20_000, 0);

        var alert = author.resolved(Spikes.SUBJECT, state, calm, Spikes.usage(1_490, 0));

        assertThat(alert.getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(alert.getResolution()).isEqualTo(Resolution.BELOW_THRESHOLD);
        assertThat(alert.getSummary())
                .endsWith("; since 2026-11-16 12:00 UTC it had 8,000 more than usual, which cost USD 0.08.");
    }

    @Test
    void isCriticalWhenItAtLeastDoublesTheTrafficOfTheAccount() {
        assertThat(author.severity(new SpikeReading(END, 5_000, Optional.of(Spikes.USUAL), 8_001, 0)))
                .isEqualTo(Severity.WARNING);
        assertThat(author.severity(new SpikeReading(END, 5_000, Optional.of(Spikes.USUAL), 8_000, 0)))
                .isEqualTo(Severity.CRITICAL);
    }
}
