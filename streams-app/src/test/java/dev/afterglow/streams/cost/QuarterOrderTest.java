package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.streams.testkit.FakeAccounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pages are the same in whatever pieces and order traffic comes within its settle time; a failure names the seed. */
class QuarterOrderTest {

    private static final int COURSES = Integer.getInteger("afterglow.quarters.courses", 2);
    private static final int QUARTERS = 16;
    private static final int EXPERIMENTS = 13;

    private record Piece(int experiment, int quarter, long impressions) {}

    @Test
    void pagesAreTheSameInTimeAndInCatchUp() {
        for (long seed = 0; seed < COURSES; seed++) {
            var traffic = traffic(new Random(seed));

            // when it is judged quarter-hour by quarter-hour, in pieces that are shuffled, and all at once
            var inTime = pages(traffic, new Random(seed), 1);
            var inSteps = pages(traffic, new Random(seed + 1_000), 7);
            var atOnce = pages(traffic, new Random(seed + 2_000), QUARTERS);

            // then
            assertThat(inTime).as("some, seed %d", seed).isNotEmpty();
            assertThat(inSteps).as("in steps, seed %d", seed).isEqualTo(inTime);
            assertThat(atOnce).as("at once, seed %d", seed).isEqualTo(inTime);
        }
    }

    /** Level traffic with spikes of all sizes, of some and of all experiments. */
    private static List<Piece> traffic(Random random) {
        var pieces = new ArrayList<Piece>();
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            boolean all = random.nextInt(10) == 0;
            for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
                boolean spike = all || random.nextInt(8) == 0;
                pieces.add(new Piece(
                        experiment, quarter, 900 + random.nextInt(200) + (spike ? random.nextInt(9_000) : 0)));
            }
        }
        return pieces;
    }

    private static List<String> pages(List<Piece> traffic, Random random, int quartersAtATime) {
        try (var cost = new CostBench()) {
            cost.accounts.add(FakeAccounts.plan("acme", 1, 10));
            cost.accounts.put(Budget.newBuilder()
                    .setBudgetId("growth")
                    .setVersion(1)
                    .setScope(BudgetScope.TEAM)
                    .setTeam("growth")
                    .setAccount("acme")
                    .setUnit(BudgetUnit.MONEY)
                    .setCurrency("USD")
                    .setForecastPercents(List.of(80, 100))
                    .setAmount(80_000_000));
            cost.watermark(NOON);
            for (int experiment = 0; experiment < EXPERIMENTS - 1; experiment++) {
                cost.use("e" + experiment, "growth", history());
            }
            var alerts = new ArrayList<CostAlert>();
            for (int from = 0; from < QUARTERS; from += quartersAtATime) {
                int to = Math.min(QUARTERS, from + quartersAtATime);
                for (Piece piece : shuffled(traffic, from, to, random)) {
                    cost.use("e" + piece.experiment(), "growth", quarter(piece.quarter(), piece.impressions()));
                }
                cost.judge(NOON.plus(Duration.ofMinutes(15L * to + 2)));
                alerts.addAll(cost.alerts());
            }
            cost.judge(NOON.plus(Duration.ofDays(3)));
            alerts.addAll(cost.alerts());
            return alerts.stream()
                    .map(alert -> alert.getAt() + " " + alert.getStatus() + " " + alert.getSeverity() + " "
                            + alert.getAlertId() + " " + alert.getSummary())
                    .toList();
        }
    }

    /** Each in two pieces. */
    private static List<Piece> shuffled(List<Piece> traffic, int from, int to, Random random) {
        var pieces = new ArrayList<Piece>();
        traffic.stream()
                .filter(piece -> piece.quarter() >= from && piece.quarter() < to)
                .forEach(piece -> {
                    long first = random.nextInt((int) piece.impressions());
                    pieces.add(new Piece(piece.experiment(), piece.quarter(), first));
                    pieces.add(new Piece(piece.experiment(), piece.quarter(), piece.impressions() - first));
                });
        Collections.shuffle(pieces, random);
        return pieces;
    }

    private static UsageQuarter[] history() {
        var quarters = new ArrayList<UsageQuarter>();
        for (int day = 1; day <= 14; day++) {
            for (int quarter = 0; quarter < QUARTERS; quarter++) {
                quarters.add(new UsageQuarter(
                        NOON.minus(Duration.ofDays(day)).plus(Duration.ofMinutes(15L * quarter)), 1_000L, 0L));
            }
        }
        return quarters.toArray(UsageQuarter[]::new);
    }

    private static UsageQuarter quarter(int index, long impressions) {
        return new UsageQuarter(NOON.plus(Duration.ofMinutes(15L * index)), impressions, 0L);
    }
}
