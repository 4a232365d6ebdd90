package dev.afterglow.alerts.money;

import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.PricePlan;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The versions of one account's price plan, and with them its periods and their prices. Immutable.
 *
 * <p>A version that is not a good one is left out, and {@link #problems()} says so: what was in force before it goes on.
 */
public final class PlanHistory {

    private static final ZoneId NO_PLAN_ZONE = ZoneId.of("UTC");

    private final TreeMap<Instant, Version> versions = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private long fingerprint;

    private record Version(PricePlan plan, PriceSchedule schedule, ZoneId zone) {}

    private PlanHistory() {}

    /**
     * Reads the versions of an account's plan.
     *
     * @param plans versions in any order; when a version number was sent twice, the later one in the collection holds; may
     *     be empty
     * @throws IllegalArgumentException when they are of several accounts
     */
    public static PlanHistory of(Collection<PricePlan> plans) {
        var history = new PlanHistory();
        var byNumber = new TreeMap<Long, PricePlan>();
        for (var plan : plans) {
            history.addGood(plan, byNumber);
        }
        // Ascending, so that the higher of two versions effective at the same time takes the place of the lower.
        byNumber.values().forEach(history::put);
        history.reportMixedCurrencies();
        history.fingerprint = history.fingerprintOfVersions();
        return history;
    }

    private void addGood(PricePlan plan, TreeMap<Long, PricePlan> byNumber) {
        var wrong = PriceSchedule.problems(plan);
        if (!wrong.isEmpty()) {
            problems.add("price plan " + plan.getAccount() + " version " + plan.getVersion() + " is left out: "
                    + String.join("; ", wrong));
            return;
        }
        if (!byNumber.isEmpty()
                && !byNumber.firstEntry().getValue().getAccount().equals(plan.getAccount())) {
            throw new IllegalArgumentException("price plans of several accounts in one history: "
                    + byNumber.firstEntry().getValue().getAccount() + " and " + plan.getAccount());
        }
        byNumber.put(plan.getVersion(), plan);
    }

    private void put(PricePlan plan) {
        var version = new Version(plan, PriceSchedule.of(plan), ZoneId.of(plan.getZone()));
        versions.put(UtcGrid.ceilQuarter(plan.getEffectiveFrom()), version);
    }

    private void reportMixedCurrencies() {
        for (var entry : versions.entrySet()) {
            var pricing = pricing(periodOf(entry.getKey()).month());
            int segment = pricing.segmentOf(entry.getKey());
            if (!pricing.isPriced(segment)) {
                var plan = entry.getValue().plan();
                problems.add("price plan " + plan.getAccount() + " version " + plan.getVersion() + ": effectiveFrom: "
                        + plan.getCurrency() + " takes over from " + pricing.currency() + " within " + pricing.month()
                        + ", whose impressions from " + entry.getKey()
                        + " on stay unpriced: change the currency at the start of a period, for example at "
                        + pricing.end());
            }
        }
    }

    /** What is wrong with versions of the plan, each with its remedy; empty when all is well. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The version in force at the quarter-hour of an instant; empty when there is none yet. */
    public Optional<PriceSchedule> inForce(Instant instant) {
        return entry(instant).map(Version::schedule);
    }

    /** The zone in force at the quarter-hour of an instant; UTC when there is no plan yet. */
    public ZoneId zoneAt(Instant instant) {
        return entry(instant).map(Version::zone).orElse(NO_PLAN_ZONE);
    }

    /**
     * The billing period of the quarter-hour of an instant, in the zone in force there. Compare periods by month: where the
     * zone changes within a month, its quarter-hours know the same month in two zones.
     */
    public BillingPeriod periodOf(Instant instant) {
        return BillingPeriod.containing(UtcGrid.floorQuarter(instant), zoneAt(instant));
    }

    /** How the impressions of a month are priced: all quarter-hours whose {@link #periodOf period} is of that month. */
    public PeriodPricing pricing(YearMonth month) {
        var segments = new ArrayList<PricingSegment>();
        String currency = null;
        var zone = NO_PLAN_ZONE;
        // A day to either side, as no offset is larger: what was in force before it cannot matter.
        var from = versions.floorKey(startOf(month).minusSeconds(86_400));
        var reach = from == null ? versions : versions.tailMap(from, true);
        if (from == null) {
            var firstPlan = versions.isEmpty() ? Instant.MAX : versions.firstKey();
            segment(month, Instant.MIN, firstPlan, NO_PLAN_ZONE, Optional.empty())
                    .ifPresent(segments::add);
        }
        for (var start : reach.headMap(startOf(month.plusMonths(1)).plusSeconds(86_400), false)
                .keySet()) {
            var version = versions.get(start);
            var next = versions.higherKey(start);
            boolean priced =
                    currency == null || currency.equals(version.schedule().currency());
            var segment = segment(
                    month,
                    start,
                    next == null ? Instant.MAX : next,
                    version.zone(),
                    priced ? Optional.of(version.schedule()) : Optional.empty());
            if (segment.isPresent()) {
                segments.add(segment.get());
                currency = currency == null ? version.schedule().currency() : currency;
                zone = version.zone();
            }
        }
        return new PeriodPricing(month, zone, segments);
    }

    /** Changes when any version does that is or will be in force; the same on every machine; 0 without a plan. */
    public long fingerprint() {
        return fingerprint;
    }

    private long fingerprintOfVersions() {
        var fingerprint = new PlanFingerprint();
        versions.forEach((start, version) -> fingerprint.add(start, version.plan()));
        return fingerprint.value();
    }

    private Optional<Version> entry(Instant instant) {
        return Optional.ofNullable(versions.floorEntry(UtcGrid.floorQuarter(instant)))
                .map(Map.Entry::getValue);
    }

    private static Optional<PricingSegment> segment(
            YearMonth month, Instant start, Instant end, ZoneId zone, Optional<PriceSchedule> schedule) {
        var period = new BillingPeriod(month, zone);
        var from = start.isAfter(period.start()) ? start : period.start();
        var to = end.isBefore(period.end()) ? end : period.end();
        return from.isBefore(to) ? Optional.of(new PricingSegment(from, to, schedule)) : Optional.empty();
    }

    private static Instant startOf(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
