package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.money.Amount;
import dev.afterglow.alerts.money.Outlook;
import dev.afterglow.contract.CleanupEvidence;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;

/**
 * What a state costs.
 *
 * @param soFar the impressions that count against it
 * @param outlook what it will cost if it goes on; empty when it is over
 * @param endsTraffic whether a clean-up does
 */
record CaseCost(Amount soFar, Optional<Outlook> outlook, boolean endsTraffic) {

    /** Of a state that goes on; empty without a price. */
    static Optional<CaseCost> goingOn(Rule rule, Situation situation, Instant since) {
        return CostLimit.costSince(rule, situation, since)
                .map(soFar -> new CaseCost(
                        soFar,
                        situation.money().outlook(rule.countsFrom(since, situation), situation.hour()),
                        rule.savesMoney()));
    }

    /** Of a state that is over; empty without a price. */
    static Optional<CaseCost> over(Rule rule, Situation situation, Instant since) {
        return CostLimit.costSince(rule, situation, since)
                .map(soFar -> new CaseCost(soFar, Optional.empty(), rule.savesMoney()));
    }

    void writeTo(CleanupEvidence.Builder evidence) {
        evidence.setCurrency(soFar.currency()).setCostSinceMicros(soFar.micros());
        outlook.ifPresent(ahead -> evidence.setProjectedMonthMicros(ahead.restMicros())
                .setProjectedNextMonthMicros(
                        ahead.nextMicros().isPresent() ? ahead.nextMicros().getAsLong() : null)
                .setSavingMicros(endsTraffic ? ahead.savingMicros() : null));
    }

    /** Whole sentences for people. */
    String inWords() {
        return outlook.map(ahead -> "It has cost " + Wording.money(soFar) + " since then; if it goes on, about "
                        + money(ahead.restMicros()) + " more until the end of " + name(ahead.month()) + next(ahead)
                        + "."
                        + saving(ahead))
                .orElseGet(() -> "It cost " + Wording.money(soFar) + " in that time.");
    }

    /** What a clean-up saves now, in a few words; empty when nothing is known to be saved. */
    Optional<String> saves() {
        return outlook.filter(ahead -> endsTraffic && ahead.savingMicros() > 0)
                .map(ahead -> "saves " + money(ahead.savingMicros()) + " in " + name(ahead.month()));
    }

    private String next(Outlook ahead) {
        return ahead.nextMicros().isPresent()
                ? ", and " + money(ahead.nextMicros().getAsLong()) + " in "
                        + name(ahead.month().plusMonths(1))
                : "";
    }

    private String saving(Outlook ahead) {
        if (!endsTraffic) {
            return "";
        }
        if (ahead.included()) {
            return " Ending it now saves no money in " + name(ahead.month())
                    + ": all that its account uses costs nothing under its price plan.";
        }
        return " Ending it now saves " + money(ahead.savingMicros()) + " in " + name(ahead.month()) + ".";
    }

    private String money(long micros) {
        return Wording.money(new Amount(micros, soFar.currency()));
    }

    private static String name(YearMonth month) {
        return month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }
}
