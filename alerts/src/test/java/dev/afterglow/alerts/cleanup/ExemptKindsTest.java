package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.defaults;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.policy;
import static dev.afterglow.alerts.cleanup.Fixtures.policyVersion;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A leftover of a project that wants no alerts of some kinds. */
class ExemptKindsTest {

    private final Desk desk = new Desk().define(full(1, START));

    ExemptKindsTest() {
        desk.traffic.hourly(START, day(30), 10);
    }

    @Test
    void raisesNoneOfAKindThatNobodyWants() {
        desk.under(policy(p -> p.setExemptKinds(List.of("ZOMBIE_TRAFFIC", "LEFTOVER_ROLLOUT"))))
                .judge(hourOnDay(20));

        assertThat(desk.alerts).isEmpty();
    }

    @Test
    void raisesThoseOfOtherKinds() {
        desk.under(policy(p -> p.setExemptKinds(List.of("ZOMBIE_TRAFFIC")))).judge(hourOnDay(20));

        assertThat(desk.alerts).extracting(Desk::brief).containsExactly("LEFTOVER_ROLLOUT OPEN");
    }

    @Test
    void resolvesWhatIsOpenWhenThePolicyChanges() {
        desk.under(defaults()
                .with(policyVersion(1, Instant.EPOCH, p -> {}))
                .with(policyVersion(2, day(21), p -> p.setExemptKinds(List.of("LEFTOVER_ROLLOUT")))));
        desk.judge(hourOnDay(20));

        desk.followDueTimes(hourOnDay(22));

        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("LEFTOVER_ROLLOUT OPEN", "LEFTOVER_ROLLOUT RESOLVED EXEMPTED");
        assertThat(desk.alerts.get(1).getAt()).isEqualTo(hourOnDay(21));
    }
}
