package dev.afterglow.alerts.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.state.BudgetState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds of any course of spend, versions and ends of the period; a failure names the seed. */
class BudgetJudgePropertyTest {

    private static final int HISTORIES = 1_000;
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private static final List<Budget> VERSIONS = IntStream.rangeClosed(1, 32)
            .mapToObj(version -> Budgets.growth().setVersion(version).build())
            .toList();

    @Test
    void neverHasTwoAlertsOfABudgetOpenAndNeverOpensOneTwice() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            // given
            var opened = new HashSet<String>();
            String open = null;

            // when spend goes up and down, and the budget changes now and then
            for (var alert : course(new Random(seed), true)) {

                // then alerts open and resolve in turn, each once
                if (alert.getStatus() == AlertStatus.OPEN) {
                    assertThat(open).as("open, seed %d", seed).isNull();
                    assertThat(opened.add(alert.getAlertId()))
                            .as("opened once, seed %d", seed)
                            .isTrue();
                    open = alert.getAlertId();
                } else {
                    assertThat(alert.getAlertId()).as("resolved, seed %d", seed).isEqualTo(open);
                    assertThat(alert.getResolution())
                            .as("reason, seed %d", seed)
                            .isNotNull();
                    open = null;
                }
            }

            // and the end of the period leaves none open
            assertThat(open).as("at the end, seed %d", seed).isNull();
        }
    }

    @Test
    void announcesRisingThresholdsOnlyWhileTheBudgetStaysAsItIs() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            int highest = 0;
            for (var alert : course(new Random(seed), false)) {
                if (alert.getStatus() == AlertStatus.OPEN) {
                    assertThat(alert.getThresholdPercent()).as("seed %d", seed).isGreaterThan(highest);
                    highest = alert.getThresholdPercent();
                }
            }
        }
    }

    @Test
    void saysNothingNewWhenJudgedTwice() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            var random = new Random(seed);
            BudgetState state = null;
            for (int step = 0; step < 10; step++) {
                var budget = VERSIONS.get(random.nextInt(2));
                var spend = new BudgetSpend(random.nextInt(2_000_000_000), "USD", null);
                boolean ended = random.nextInt(5) == 0;
                var once = BudgetJudge.judge(state, budget, "2026-11", spend, START, ended);
                var twice = BudgetJudge.judge(once.next(), budget, "2026-11", spend, START, ended);
                assertThat(twice)
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(new BudgetVerdict(once.next(), List.of(), once.problem()));
                state = once.next();
            }
        }
    }

    private static List<CostAlert> course(Random random, boolean changes) {
        var alerts = new ArrayList<CostAlert>();
        BudgetState state = null;
        int version = 1;
        long spend = 0;
        for (int step = 0; step <= 30; step++) {
            version += changes && random.nextInt(10) == 0 ? 1 : 0;
            spend = Math.max(0, spend + random.nextInt(300_000_000) - 60_000_000);
            var budget = VERSIONS.get(version - 1);
            var verdict = BudgetJudge.judge(
                    state,
                    budget,
                    "2026-11",
                    new BudgetSpend(spend, "USD", null),
                    START.plusSeconds(900L * step),
                    step == 30);
            alerts.addAll(verdict.alerts());
            state = verdict.next();
        }
        return alerts;
    }
}
