package dev.afterglow.alerts.money;

import java.time.YearMonth;
import java.util.OptionalLong;

/**
 * What an experiment will cost if it goes on as it did, and what is saved if it stops now. All in micro-units.
 *
 * @param currency ISO 4217 code
 * @param month the current billing period
 * @param restMicros what it costs in the rest of the period
 * @param nextMicros what it costs in the next period; empty when that is billed in another currency
 * @param savingMicros what the account pays less for the current period when the experiment stops now
 * @param included whether all that the account is projected to use in the current period adds nothing to the bill: it is
 *     included in the plan, or covered by its minimum
 */
public record Outlook(
        String currency,
        YearMonth month,
        long restMicros,
        OptionalLong nextMicros,
        long savingMicros,
        boolean included) {}
