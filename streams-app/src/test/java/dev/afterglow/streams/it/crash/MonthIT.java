package dev.afterglow.streams.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.it.crash.Bills.Bill;
import dev.afterglow.streams.testkit.SharedCluster;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A month of traffic, late events, a change of prices and of owners in its midst, and an instance that is killed in it:
 * for a reader of what is committed the shares add up after every revision, and at the end everything costs what a plain
 * recomputation says. {@code -Dafterglow.month} takes more events.
 */
@ExtendWith(SharedCluster.class)
class MonthIT {

    private static final Logger LOGGER = LoggerFactory.getLogger(MonthIT.class);
    private static final int EVENTS = Integer.getInteger("afterglow.month", 60_000);

    /** In each hour of a month each of them may have a count of its own: as many as make a few events a count. */
    private static final int EXPERIMENTS = Math.min(400, EVENTS / 1_000);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void addsUpAfterEveryRevisionThoughKilledInAMonthOfLateEventsAndNewPrices(EmbeddedCluster cluster)
            throws Exception {
        // given
        var plan = Plan.of("killed in a month that is billed", 1, 4);
        var month = new Month(EVENTS, EXPERIMENTS);
        try (var arena = new MonthArena(cluster, directory, plan, month)) {

            // when
            arena.live();

            // then
            var bills = arena.bills().mustAddUp();
            var used = month.used();
            assertThat(bills)
                    .as("periods, seed %d", plan.seed())
                    .containsOnlyKeys(used.keySet().stream()
                            .map(period -> Month.ACCOUNT + '/' + period)
                            .toList());
            used.forEach(
                    (period, expected) -> mustCost(month, period, expected, bills.get(Month.ACCOUNT + '/' + period)));
            LOGGER.atInfo()
                    .addKeyValue("scenario", plan.name())
                    .addKeyValue("kills", plan.rounds())
                    .addKeyValue("events", month.events())
                    .addKeyValue("repeats", arena.repeats())
                    .addKeyValue("experiments", month.experiments())
                    .addKeyValue("revisions", revisions(bills))
                    .addKeyValue("seconds", arena.seconds())
                    .addKeyValue("seed", plan.seed())
                    .log("adds up");
        }
    }

    private static void mustCost(Month month, YearMonth period, Month.Used expected, Bill bill) {
        var account = bill.account();
        assertThat(account.getCostMicros()).as("cost of %s", period).isEqualTo(month.cost(expected));
        assertThat(account.getWastedMicros()).as("waste of %s", period).isEqualTo(month.wasted(expected));
        assertThat(account.getUnpricedImpressions())
                .as("unpriced in %s", period)
                .isZero();
        assertThat(used(bill)).as("impressions and leftovers of %s", period).isEqualTo(used(expected));
        bill.shares().forEach((experiment, share) -> mustBeFair(experiment, share, account));
    }

    private static Map<String, String> used(Bill bill) {
        return bill.shares().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        share -> share.getValue().getImpressions() + "/"
                                + share.getValue().getLeftoverImpressions()));
    }

    private static Map<String, String> used(Month.Used expected) {
        return expected.byExperiment().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, own -> own.getValue()[0] + "/" + own.getValue()[1]));
    }

    private static void mustBeFair(String experiment, ExperimentCost share, AccountCost account) {
        assertThat(share.getTeam()).as("team of %s", experiment).isEqualTo(Month.teamOf(experiment));
        mustBeWithinAMicro(
                "cost of " + share,
                share.getCostMicros(),
                account.getCostMicros(),
                share.getImpressions(),
                account.getImpressions());
        mustBeWithinAMicro(
                "waste of " + share,
                share.getWastedMicros(),
                account.getWastedMicros(),
                share.getLeftoverImpressions(),
                account.getLeftoverImpressions());
    }

    /** Whatever rule splits the last micros, nobody is a whole one off. */
    private static void mustBeWithinAMicro(String what, long part, long whole, long weight, long weights) {
        var off = BigInteger.valueOf(part)
                .multiply(BigInteger.valueOf(weights))
                .subtract(BigInteger.valueOf(whole).multiply(BigInteger.valueOf(weight)));
        assertThat(off.abs()).as(what).isLessThan(BigInteger.valueOf(Math.max(1, weights)));
    }

    private static long revisions(Map<String, Bill> bills) {
        return bills.values().stream()
                .mapToLong(bill -> bill.account().getRevision())
                .sum();
    }
}
