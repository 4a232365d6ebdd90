package dev.afterglow.alerts.money;

import dev.afterglow.contract.BlockRounding;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A random account in a month in which some zone changes its clocks: up to four plans, a third of the accounts with fees and
 * minima, and impressions one by one at random quarter-hours around the month.
 */
final class RandomHistory {

    /** A multiple of every block size used, so that the oracle can count in whole numbers. */
    static final long SCALE = 21_000;

    private static final long[] BLOCKS = {1, 3, 7, 1_000};
    private static final List<YearMonth> MONTHS =
            List.of(YearMonth.of(2026, 3), YearMonth.of(2026, 4), YearMonth.of(2026, 10), YearMonth.of(2026, 11));
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "America/Havana",
            "Asia/Kolkata",
            "Pacific/Chatham",
            "America/New_York",
            "America/St_Johns");

    /** One impression. */
    record Hit(Instant quarter, int experiment, boolean leftover) {}

    final Random random;
    final YearMonth month;
    final int experiments;
    final boolean charges;
    final List<PricePlan> plans = new ArrayList<>();
    final List<Hit> hits = new ArrayList<>();

    RandomHistory(long seed) {
        random = new Random(seed);
        month = MONTHS.get(random.nextInt(MONTHS.size()));
        experiments = 1 + random.nextInt(6);
        charges = random.nextInt(3) == 0;
        boolean oneZone = random.nextBoolean();
        var zone = ZONES.get(random.nextInt(ZONES.size()));
        int versions = random.nextInt(5);
        for (int version = 1; version <= versions; version++) {
            plans.add(plan(version, oneZone ? zone : ZONES.get(random.nextInt(ZONES.size()))));
        }
        for (int i = random.nextInt(1 + random.nextInt(300)); i > 0; i--) {
            hits.add(new Hit(time(), random.nextInt(experiments), random.nextInt(3) == 0));
        }
        hits.sort(Comparator.comparing(Hit::quarter));
    }

    /** Whether the plan of a segment charges whole blocks. */
    boolean isWhole(PricingSegment segment) {
        return segment.schedule()
                .map(schedule -> plans.get((int) schedule.version() - 1).getBlockRounding())
                .filter(BlockRounding.UP::equals)
                .isPresent();
    }

    /** The impressions of each experiment by segment, as a store would have added them up. */
    List<Usage<Integer>> usages(PlanHistory history, List<Hit> counted) {
        var pricing = history.pricing(month);
        int segments = pricing.segments().size();
        var usages = new ArrayList<Usage<Integer>>();
        var impressions = new long[experiments][segments];
        var leftover = new long[experiments][segments];
        for (var hit : counted) {
            if (pricing.contains(hit.quarter())) {
                int segment = pricing.segmentOf(hit.quarter());
                impressions[hit.experiment()][segment]++;
                leftover[hit.experiment()][segment] += hit.leftover() ? 1 : 0;
            }
        }
        for (int experiment = 0; experiment < experiments; experiment++) {
            usages.add(new Usage<>(experiment, boxed(impressions[experiment]), boxed(leftover[experiment])));
        }
        return usages;
    }

    private static List<Long> boxed(long[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    /** The start of a quarter-hour, from two days before the month to two days after it. */
    private Instant time() {
        var start = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC).minusSeconds(2 * 86_400);
        return start.plusSeconds(900L * random.nextInt((month.lengthOfMonth() + 4) * 96));
    }

    private PricePlan plan(long version, String zone) {
        var tiers = new ArrayList<PriceTier>();
        long bound = 0;
        for (int i = random.nextInt(4); i > 0; i--) {
            bound += 1 + random.nextInt(60);
            tiers.add(Plans.tier(bound, random.nextInt(5_000), block()));
        }
        tiers.add(Plans.rest(random.nextInt(5_000), block()));
        var from = time().minusMillis(random.nextInt(900_000));
        return new PricePlan(
                "acme",
                version,
                from,
                "USD",
                zone,
                (long) random.nextInt(80),
                tiers,
                random.nextInt(3) == 0 ? BlockRounding.UP : BlockRounding.PRO_RATA,
                charge(100_000),
                charge(300_000));
    }

    private long charge(int most) {
        return charges && random.nextInt(3) > 0 ? random.nextInt(1 + random.nextInt(most)) : 0;
    }

    private long block() {
        return BLOCKS[random.nextInt(BLOCKS.length)];
    }
}
