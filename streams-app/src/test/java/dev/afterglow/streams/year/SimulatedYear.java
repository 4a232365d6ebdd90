package dev.afterglow.streams.year;

import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.contract.VariantWeight;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.flow.Quarters;
import dev.afterglow.streams.testkit.Experiments;
import dev.afterglow.streams.testkit.FakeAccounts;
import dev.afterglow.streams.testkit.FakePolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The lives of many experiments of one project, drawn from a seed: a day's traffic at one time of the day, that of one in
 * fifty spread over it. In the middle of the year the project sends nothing at all for two days, and its policy changes.
 */
public final class SimulatedYear {

    public static final Instant FROM = Instant.parse("2027-01-01T00:00:00Z");
    public static final int DAYS = 365;
    public static final Instant TO = day(DAYS);

    /** After which an alert may be critical by its days. */
    public static final Duration LEAST_CRITICAL = Duration.ofDays(20);

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final int QUARTERS_A_DAY = 96;
    private static final int OUTAGE = 200;
    private static final int OUTAGE_DAYS = 2;
    private static final int SPREAD = 50;

    private final Random random;
    final List<Life> lives;
    final List<ProjectPolicy> policies;

    /** @param seed of everything that happens in it */
    public SimulatedYear(long seed, int experiments) {
        random = new Random(seed);
        policies = List.of(
                FakePolicies.shop(1)
                        .setMinimumImpressions(3)
                        .setCriticalCostMicros(400_000L)
                        .build(),
                FakePolicies.shop(2)
                        .setEffectiveFrom(day(OUTAGE / 2).plus(Duration.ofMinutes(100)))
                        .setWarnAfterDays(7)
                        .setCriticalAfterDays(Math.toIntExact(LEAST_CRITICAL.toDays()))
                        .setMinimumImpressions(2)
                        .setCriticalCostMicros(900_000L)
                        .setIncludeFeatureFlags(true)
                        .setExemptTags(List.of("keep"))
                        .setExemptExperiments(List.of("item-3", "item-5"))
                        .build());
        lives = IntStream.range(0, experiments).mapToObj(this::life).toList();
    }

    /** The policy of the project, in the order of time. */
    public List<ProjectPolicy> policies() {
        return policies;
    }

    /**
     * What the account pays by, in the order of time: in the middle of a month other prices, and months that end elsewhere.
     */
    public List<PricePlan> plans() {
        return List.of(
                FakeAccounts.plan("default", 1, 0)
                        .setIncludedImpressions(50_000)
                        .setTiers(List.of(new PriceTier(200_000L, 100L, 1L), new PriceTier(null, 40L, 1L)))
                        .build(),
                FakeAccounts.plan("default", 2, 60)
                        .setEffectiveFrom(day(OUTAGE + 20).plus(Duration.ofHours(7)))
                        .setZone("America/New_York")
                        .setIncludedImpressions(20_000)
                        .build());
    }

    /** One for each experiment. */
    public List<Life> lives() {
        return lives;
    }

    static Instant day(int day) {
        return FROM.plus(Duration.ofDays(day));
    }

    private Life life(int index) {
        var key = new ExperimentKey("shop", "production", "item-" + index);
        var versions = versions(key);
        var traffic = traffic(index);
        return new Life(key, versions, traffic, blue(traffic));
    }

    private List<ExperimentDefinition> versions(ExperimentKey key) {
        var times = random.longs(random.nextInt(9), 0, Duration.ofDays(DAYS - 1).toMillis())
                .sorted()
                .mapToObj(FROM::plusMillis)
                .toList();
        var versions = new ArrayList<ExperimentDefinition>();
        var flag = random.nextInt(8) == 0;
        var run = "first";
        for (var at : times) {
            // Some change at a full hour, some two at a time.
            var from = random.nextInt(6) == 0 ? Quarters.hourOf(at) : at;
            var twice = !versions.isEmpty() && random.nextInt(10) == 0;
            run = random.nextInt(6) == 0 ? "second" : run;
            versions.add(definition(
                            key,
                            versions.size() + 1,
                            twice ? versions.get(versions.size() - 1).getEffectiveFrom() : from)
                    .setKind(flag || random.nextInt(12) == 0 ? ExperimentKind.FEATURE_FLAG : ExperimentKind.EXPERIMENT)
                    .setRun(run)
                    .build());
        }
        return versions.stream()
                .sorted((one, other) -> one.getEffectiveFrom().compareTo(other.getEffectiveFrom()))
                .toList();
    }

    private ExperimentDefinition.Builder definition(ExperimentKey key, int version, Instant from) {
        return Experiments.split(version, from)
                .setExperiment(key.experiment())
                .setVariants(weights())
                .setRolloutPercent(random.nextInt(8) == 0 ? 50 : 100)
                .setEnabled(random.nextInt(8) != 0)
                .setPermanent(random.nextInt(20) == 0)
                .setTags(random.nextInt(10) == 0 ? List.of("keep") : List.of())
                .setDecision(
                        switch (random.nextInt(5)) {
                            case 0, 1 -> Decision.ROLL_OUT;
                            case 2 -> Decision.ROLL_BACK;
                            default -> Decision.NONE;
                        })
                .setWinner(random.nextInt(3) == 0 ? "blue" : "green")
                .setState(
                        switch (random.nextInt(9)) {
                            case 0 -> ExperimentState.DRAFT;
                            case 1 -> ExperimentState.INACTIVE;
                            case 2, 3 -> ExperimentState.ARCHIVED;
                            default -> ExperimentState.RUNNING;
                        });
    }

    private List<VariantWeight> weights() {
        return switch (random.nextInt(5)) {
            case 0 -> List.of(new VariantWeight("blue", 1.0), new VariantWeight("green", 0.0));
            case 1, 2 -> List.of(new VariantWeight("blue", 0.0), new VariantWeight("green", 1.0));
            default -> List.of(new VariantWeight("blue", 1.0), new VariantWeight("green", 1.0));
        };
    }

    /** In stretches of days, some so thin that it is there today and not tomorrow. */
    private SortedMap<Instant, Long> traffic(int index) {
        var traffic = new TreeMap<Instant, Long>();
        int quarter = random.nextInt(QUARTERS_A_DAY);
        int day = random.nextInt(40);
        while (day < DAYS) {
            int ends = Math.min(DAYS, day + 1 + random.nextInt(120));
            int level = random.nextInt(4) == 0 ? 5 : 2_000;
            for (; day < ends; day++) {
                if (index % SPREAD == 0) {
                    for (int i = random.nextInt(12); i < QUARTERS_A_DAY; i += 1 + random.nextInt(12)) {
                        add(traffic, day, i, random.nextInt(level));
                    }
                } else {
                    add(traffic, day, quarter, random.nextInt(level));
                }
            }
            day += random.nextInt(20);
        }
        return traffic;
    }

    /** In stretches of days, in which all, none, some or hardly any of it is blue. */
    private SortedMap<Instant, Long> blue(SortedMap<Instant, Long> traffic) {
        var blue = new TreeMap<Instant, Long>();
        int day = 0;
        while (day < DAYS) {
            int ends = Math.min(DAYS, day + 1 + random.nextInt(60));
            long perMille = List.of(0, 4, 333, 333, 333, 996, 1_000).get(random.nextInt(7));
            traffic.subMap(day(day), day(ends)).forEach((quarter, count) -> {
                if (count * perMille >= 1_000) {
                    blue.put(quarter, count * perMille / 1_000);
                }
            });
            day = ends;
        }
        return blue;
    }

    private static void add(SortedMap<Instant, Long> traffic, int day, int quarter, long count) {
        if (count > 0 && (day < OUTAGE || day >= OUTAGE + OUTAGE_DAYS)) {
            traffic.put(day(day).plus(QUARTER.multipliedBy(quarter)), count);
        }
    }
}
