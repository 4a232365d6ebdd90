package dev.afterglow.alerts.money;

import dev.afterglow.contract.BlockRounding;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What makes a price plan a good one. */
final class PricePlanRules {

    /** More than any plan asks for, and little enough for sums of it to fit. */
    static final long MOST_MICROS = 1_000_000_000_000_000L;

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private PricePlanRules() {}

    static List<String> problems(PricePlan plan) {
        var problems = new ArrayList<String>();
        if (!ExperimentKey.isSlug(plan.getAccount())) {
            problems.add(
                    "account: '" + plan.getAccount()
                            + "' is no slug: use lower-case letters, digits, '.', '_' and '-', starting with a letter or digit");
        }
        if (plan.getVersion() < 1) {
            problems.add("version: " + plan.getVersion() + " is below 1: number the versions of a plan from 1");
        }
        var from = plan.getEffectiveFrom();
        if (from == null || from.isBefore(EARLIEST) || from.isAfter(LATEST)) {
            problems.add("effectiveFrom: " + from + " is no usable time: give one between 1970 and 9998, in UTC");
        }
        currency(plan.getCurrency(), problems);
        zone(plan.getZone(), problems);
        if (plan.getIncludedImpressions() < 0) {
            problems.add("includedImpressions: " + plan.getIncludedImpressions()
                    + " is below 0: give 0 when nothing is included");
        }
        tiers(plan.getTiers(), problems);
        if (plan.getBlockRounding() == null || plan.getBlockRounding() == BlockRounding.UNKNOWN) {
            problems.add("blockRounding: " + plan.getBlockRounding()
                    + " is no rounding that this release knows: write PRO_RATA when a part of a block costs its part, UP when"
                    + " it costs all of it");
        }
        fee("flatFeeMicros", plan.getFlatFeeMicros(), "no fee", problems);
        fee("minimumMicros", plan.getMinimumMicros(), "no minimum", problems);
        return List.copyOf(problems);
    }

    private static void fee(String field, long micros, String none, List<String> problems) {
        if (micros < 0) {
            problems.add(field + ": " + micros + " is below 0: give 0 when there is " + none);
        }
        if (micros > MOST_MICROS) {
            problems.add(field + ": " + micros + " is above " + MOST_MICROS
                    + ", a billion of the currency: give it in micro-units");
        }
    }

    private static void currency(String currency, List<String> problems) {
        if (currency == null || !CURRENCY.matcher(currency).matches()) {
            problems.add(
                    "currency: '" + currency + "' is no ISO 4217 code: write three capital letters, for example USD");
        } else if (currency.equals(PeriodPricing.NO_CURRENCY)) {
            problems.add("currency: XXX stands for an account without a plan: name the currency that is billed");
        }
    }

    private static void zone(String zone, List<String> problems) {
        // Offsets such as +05:37 would be accepted by ZoneId.of, but cut quarter-hours in two.
        if (zone == null || !ZoneRulesProvider.getAvailableZoneIds().contains(zone)) {
            problems.add(
                    "zone: '" + zone + "' is no zone of the tz database: name one, for example UTC or Europe/Berlin");
        }
    }

    private static void tiers(List<PriceTier> tiers, List<String> problems) {
        if (tiers == null || tiers.isEmpty()) {
            problems.add("tiers: there are none: give at least one, without upTo");
            return;
        }
        long below = 0;
        for (int i = 0; i < tiers.size(); i++) {
            var tier = tiers.get(i);
            var name = "tiers[" + i + "].";
            boolean last = i == tiers.size() - 1;
            if (last && tier.getUpTo() != null) {
                problems.add(name + "upTo: " + tier.getUpTo()
                        + " bounds the last tier: leave upTo out there, or add a tier without it");
            } else if (!last && tier.getUpTo() == null) {
                problems.add(name + "upTo: is missing: only the last tier has no bound");
            } else if (!last && tier.getUpTo() <= below) {
                problems.add(name + "upTo: " + tier.getUpTo() + " is not above " + below
                        + ": let the bounds rise, each counted from the first impression of the period");
            }
            below = tier.getUpTo() == null ? below : Math.max(below, tier.getUpTo());
            if (tier.getPriceMicros() < 0) {
                problems.add(name + "priceMicros: " + tier.getPriceMicros() + " is below 0: give 0 for a free tier");
            }
            if (tier.getPerImpressions() < 1) {
                problems.add(name + "perImpressions: " + tier.getPerImpressions()
                        + " is below 1: give the impressions that priceMicros pays for");
            }
        }
    }
}
