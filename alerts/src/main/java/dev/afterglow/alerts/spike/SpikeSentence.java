package dev.afterglow.alerts.spike;

import dev.afterglow.alerts.money.MoneyText;
import dev.afterglow.alerts.text.UtcText;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.state.SpikeState;
import java.text.NumberFormat;
import java.util.Locale;

/** The sentence of an alert, understandable by itself. Figures are cut off, not rounded. */
record SpikeSentence(SpikeSubject subject, SpikeState state, SpikeReading reading, SpikeCost cost) {

    private static final int TIMES_SHOWN = 10_000;

    String opened() {
        var text = new StringBuilder(subject.text())
                .append(" had ")
                .append(number(reading.impressions()))
                .append(" impressions in the quarter-hour from ")
                .append(UtcText.minute(reading.quarterEnd().minus(UtcGrid.QUARTER)))
                .append(" UTC, ")
                .append(comparison())
                .append("; far above since ")
                .append(UtcText.minute(state.getSince()))
                .append(" UTC, ")
                .append(number(state.getExcess()))
                .append(" more than usual so far")
                .append(costs());
        if (reading.others() > 0) {
            text.append("; ")
                    .append(number(reading.others()))
                    .append(" more of its experiments spike without an alert of their own");
        }
        return text.append('.').toString();
    }

    String resolved() {
        return subject.text() + " is no longer far above the usual: " + number(reading.impressions())
                + " impressions in the quarter-hour from "
                + UtcText.minute(reading.quarterEnd().minus(UtcGrid.QUARTER)) + " UTC, " + comparison() + "; since "
                + UtcText.minute(state.getSince()) + " UTC it had " + number(state.getExcess()) + " more than usual"
                + (cost.soFarMicros() == null ? "" : ", which cost " + money(cost.soFarMicros())) + ".";
    }

    private String comparison() {
        if (reading.usual().isEmpty()) {
            return "too little is known of earlier days to compare";
        }
        var days = " at this time of " + reading.usual().get().days() + " earlier days";
        if (reading.level() == 0) {
            return "where none is usual" + days;
        }
        long whole = reading.impressions() / reading.level();
        long tenth = reading.impressions() % reading.level() * 10 / reading.level();
        return (whole >= TIMES_SHOWN ? "more than 10,000" : whole + "." + tenth) + " times the "
                + number(reading.level()) + " usual" + days;
    }

    private String costs() {
        if (cost.soFarMicros() == null || cost.dayEndMicros() == null || cost.periodEndMicros() == null) {
            return "; what it costs is not known, since no price plan is in force";
        }
        if (cost.soFarMicros() == 0 && cost.periodEndMicros() == 0) {
            return "; it costs nothing, within what the plan includes, also if it goes on until the end of "
                    + cost.period();
        }
        return ", which cost " + money(cost.soFarMicros()) + "; if it goes on, " + money(cost.dayEndMicros())
                + " more by the end of the day and " + money(cost.periodEndMicros()) + " by the end of "
                + cost.period();
    }

    private String money(long micros) {
        return MoneyText.of(micros, cost.currency());
    }

    private static String number(long number) {
        return NumberFormat.getIntegerInstance(Locale.ROOT).format(number);
    }
}
