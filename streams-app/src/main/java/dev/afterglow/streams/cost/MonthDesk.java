package dev.afterglow.streams.cost;

import dev.afterglow.alerts.money.AccountBill;
import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.streams.flow.DueIndex;
import dev.afterglow.streams.flow.Quarters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Opens the months in which an account uses nothing and owes a fee or a minimum all the same.
 *
 * <p>An account is known from the first month on of which it used something. Each month that is known has the next one looked
 * at when its first quarter-hour is complete, in the time of the traffic, and that one the next: one look a month for an
 * account, whether or not it uses anything. Which months are opened follows from what was used, from the price plans and from
 * how far the traffic has come, and not from the order in which these came. Months that were over already when something made
 * them follow (history that is loaded, a plan that is effective from before) are opened late, as late usage would.
 */
final class MonthDesk {

    private final Accounts accounts;
    private final DueIndex due;
    private final PeriodDesk periods;
    private final PeriodMarks marks;

    /** @param due takes months as subjects of {@link #subjectOf} */
    MonthDesk(Accounts accounts, DueIndex due, PeriodDesk periods, PeriodMarks marks) {
        this.accounts = accounts;
        this.due = due;
        this.periods = periods;
        this.marks = marks;
    }

    /** Has the months after one that is known looked at: those that have begun now, and the next one in its time. */
    void follow(PeriodKey known, Optional<Instant> watermark) {
        for (var month = known.next(); ; month = month.next()) {
            var pricing = pricing(month);
            var look = lookAt(pricing);
            if (!QuarterWatch.isOver(pricing.start(), watermark)) {
                due.add(look, subjectOf(month));
                return;
            }
            if (periods.isKnown(month) || due.contains(look, subjectOf(month))) {
                return;
            }
            if (isOwed(pricing)) {
                periods.used(month, watermark);
                marks.publishAndJudge(month);
            }
        }
    }

    /**
     * A month has begun.
     *
     * @return whether budgets have to be judged by what it costs without any usage
     */
    boolean begin(PeriodKey month, Instant at) {
        var pricing = pricing(month);
        var look = lookAt(pricing);
        if (at.isBefore(look)) {
            // The account has moved to another zone meanwhile.
            due.add(look, subjectOf(month));
            return false;
        }
        due.add(lookAt(pricing(month.next())), subjectOf(month.next()));
        if (!isOwed(pricing)) {
            return false;
        }
        if (!periods.isKnown(month)) {
            // By when it is due, and not by how far the traffic has come: a replay is ahead.
            periods.used(month, Optional.of(at));
            marks.publish(month);
        }
        return true;
    }

    static String subjectOf(PeriodKey month) {
        return QuarterWatch.subject(
                month.account(), QuarterWatch.MONTH, month.month().toString());
    }

    private PeriodPricing pricing(PeriodKey period) {
        return accounts.plans(period.account()).pricing(period.month());
    }

    private static Instant lookAt(PeriodPricing pricing) {
        return pricing.start().plusMillis(Quarters.MILLIS);
    }

    private static boolean isOwed(PeriodPricing pricing) {
        return AccountBill.of(pricing, List.of()).costMicros() > 0;
    }
}
