package dev.afterglow.streams.year;

import static dev.afterglow.streams.year.YearTime.DAY;
import static dev.afterglow.streams.year.YearTime.HOUR;
import static dev.afterglow.streams.year.YearTime.QUARTER;

import dev.afterglow.contract.PricePlan;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * What experiments cost in a year whose projects are all of one account, added up impression by impression in the order of
 * time. For {@link YearOracle}; without anything of what it judges. Prices are of single impressions.
 */
final class YearMoney {

    private static final long FROM = SimulatedYear.FROM.toEpochMilli();

    /** A stretch of a month under one plan: what the account uses but for the experiment, and what the experiment does. */
    private static final class Stretch {
        private final PricePlan plan;
        private long others;
        private long own;

        private Stretch(PricePlan plan) {
            this.plan = plan;
        }
    }

    private final List<PricePlan> plans;
    private final YearTraffic account;
    /** Before each quarter-hour and since its month began: what the account has paid, and for how many impressions. */
    private final long[] paid = new long[SimulatedYear.DAYS * 96 + 1];

    private final long[] used = new long[SimulatedYear.DAYS * 96 + 1];
    /** The month of each quarter-hour, up to the end of that after the year, and the index of the first one after it. */
    private final YearMonth[] months = new YearMonth[(SimulatedYear.DAYS + 64) * 96];

    private final int[] ends = new int[months.length];

    YearMoney(List<PricePlan> plans, YearTraffic account) {
        this.plans = plans;
        this.account = account;
        for (int i = 0; i < months.length; i++) {
            long at = FROM + i * QUARTER;
            months[i] = YearMonth.from(Instant.ofEpochMilli(at).atZone(ZoneId.of(plan(at).getZone())));
        }
        for (int i = months.length - 1; i >= 0; i--) {
            ends[i] = i + 1 < months.length && months[i].equals(months[i + 1]) ? ends[i + 1] : i + 1;
        }
        for (int i = 0; i + 1 < paid.length; i++) {
            long at = FROM + i * QUARTER;
            boolean first = i == 0 || !month(at).equals(month(at - QUARTER));
            long before = first ? 0 : used[i];
            used[i + 1] = before + account.sum(at, at + QUARTER);
            paid[i + 1] = (first ? 0 : paid[i]) + price(plan(at), before, used[i + 1]);
        }
    }

    /** What the impressions of an experiment between two times have cost by the later one. */
    long cost(YearTraffic own, long from, long to) {
        long sum = 0;
        long at = Math.max(FROM, from);
        while (at < to) {
            long end = Math.min(to, FROM + ends[(int) ((at - FROM) / QUARTER)] * QUARTER);
            int index = (int) ((end - FROM) / QUARTER);
            sum += share(paid[index], own.sum(at, end), used[index]);
            at = end;
        }
        return sum;
    }

    /** Half a micro-unit is one. */
    private static long share(long cost, long part, long whole) {
        return whole == 0
                ? 0
                : BigInteger.valueOf(2 * cost)
                        .multiply(BigInteger.valueOf(part))
                        .add(BigInteger.valueOf(whole))
                        .divide(BigInteger.valueOf(2 * whole))
                        .longValueExact();
    }

    /** All that a message says. */
    Told.Money of(YearTraffic own, long countsFrom, long at, boolean over, boolean saves) {
        long cost = cost(own, countsFrom, at);
        if (over) {
            return new Told.Money(cost, null, null, null);
        }
        var month = month(at);
        var rest = ahead(own, countsFrom, at, month);
        var next = ahead(own, countsFrom, at, month.plusMonths(1));
        return new Told.Money(
                cost, projected(rest), projected(next), saves ? paid(rest, true) - paid(rest, false) : null);
    }

    private List<Stretch> ahead(YearTraffic own, long countsFrom, long at, YearMonth month) {
        long ownFrom = Math.min(at, Math.max(at - 7 * DAY, countsFrom));
        long firstHour = at - 7 * DAY;
        while (firstHour < at && account.sum(firstHour, firstHour + HOUR) == 0) {
            firstHour += HOUR;
        }
        long ownSeen = own.sum(ownFrom, at);
        long othersSeen = account.sum(firstHour, at) - own.sum(firstHour, at);
        var stretches = new ArrayList<Stretch>();
        long time = at;
        while (time > FROM && month(time - QUARTER).equals(month)) {
            time -= QUARTER;
        }
        while (!month(time).isAfter(month)) {
            if (month(time).equals(month)) {
                if (stretches.isEmpty() || stretches.get(stretches.size() - 1).plan != plan(time)) {
                    stretches.add(new Stretch(plan(time)));
                }
                var last = stretches.get(stretches.size() - 1);
                last.own += time < at ? 0 : step(ownSeen, ownFrom, at, time);
                last.others += time < at ? account.sum(time, time + QUARTER) : step(othersSeen, firstHour, at, time);
            }
            time += QUARTER;
        }
        return stretches;
    }

    /** What comes in a quarter-hour ahead at the rate of a window, when all that came before it was rounded down. */
    private static long step(long seen, long from, long at, long time) {
        if (from == at) {
            return 0;
        }
        long window = (at - from) / QUARTER;
        long ahead = (time - at) / QUARTER;
        return seen * (ahead + 1) / window - seen * ahead / window;
    }

    private static long paid(List<Stretch> stretches, boolean withOwn) {
        long position = 0;
        long sum = 0;
        for (var stretch : stretches) {
            long next = position + stretch.others + (withOwn ? stretch.own : 0);
            sum += price(stretch.plan, position, next);
            position = next;
        }
        return sum;
    }

    private static long projected(List<Stretch> stretches) {
        long position = 0;
        long sum = 0;
        for (var stretch : stretches) {
            position += stretch.others + stretch.own;
            sum += stretch.own * price(stretch.plan, Math.max(0, position - 1), Math.max(1, position));
        }
        return sum;
    }

    /** The price of the impressions of a month from one to before another. */
    private static long price(PricePlan plan, long from, long to) {
        long sum = 0;
        long at = Math.max(from, plan.getIncludedImpressions());
        for (var tier : plan.getTiers()) {
            long end = tier.getUpTo() == null ? to : Math.min(to, tier.getUpTo());
            if (end > at) {
                sum += (end - at) * tier.getPriceMicros();
                at = end;
            }
        }
        return sum;
    }

    private PricePlan plan(long at) {
        var plan = plans.get(0);
        for (var later : plans) {
            plan = later.getEffectiveFrom().toEpochMilli() <= at ? later : plan;
        }
        return plan;
    }

    private YearMonth month(long at) {
        return months[(int) ((at - FROM) / QUARTER)];
    }
}
