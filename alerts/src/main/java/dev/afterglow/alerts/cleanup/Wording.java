package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.money.Amount;
import dev.afterglow.alerts.money.MoneyText;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.Resolution;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Figures, dates and reasons in plain English, the same on every machine. */
final class Wording {

    private Wording() {}

    static String subject(ExperimentKey key) {
        return key.project() + "/" + key.environment() + "/" + key.experiment();
    }

    static String noun(ExperimentDefinition definition) {
        return definition.getKind() == ExperimentKind.FEATURE_FLAG ? "feature flag" : "experiment";
    }

    static String date(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
    }

    static String minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES).toString().replace("T", " ").replace(":00Z", " UTC");
    }

    static String days(long days) {
        return number(days) + (days == 1 ? " day" : " days");
    }

    static String forDays(long days) {
        return days == 0 ? "for less than a day" : "for " + days(days);
    }

    static String impressions(long count) {
        return number(count) + (count == 1 ? " impression" : " impressions");
    }

    static String money(Amount amount) {
        return MoneyText.plain(amount.micros(), amount.currency());
    }

    static String reason(Resolution resolution) {
        return switch (resolution) {
            case DEACTIVATED -> "it was switched off";
            case ARCHIVED -> "it was archived";
            case ALLOCATION_CHANGED -> "its allocation was changed";
            case TRAFFIC_STOPPED -> "it consumed nothing in the last 24 h";
            case CONVERTED_TO_FLAG -> "it is a feature flag now";
            case NEW_RUN -> "a new run has begun";
            case REACTIVATED -> "it is live again";
            case EXEMPTED -> "it is exempt now";
            case AGREED -> "its traffic is as its definition says";
            case DEFINED -> "it has a definition now";
            case SUPERSEDED -> "the decision was changed";
            case PERIOD_ENDED -> "it has been so for long enough to be meant";
            default -> "its cause is gone";
        };
    }

    /** Keys of experiments and variants are any text: a page or a chat line must stay one line. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    }

    static String percent(double share) {
        return number(share) + " %";
    }

    /** As few digits as it takes. */
    static String number(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
