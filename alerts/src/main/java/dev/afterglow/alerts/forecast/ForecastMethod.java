package dev.afterglow.alerts.forecast;

import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Optional;

/** Estimates where the month of a day will end. */
public interface ForecastMethod {

    /** Name of the method, for those who read what it says. */
    String name();

    /**
     * The end of the month of a day.
     *
     * @param days impressions of full days; a day that is missing between others had none. What is behind the last one is
     *     not looked at
     * @param last the last full day that is known
     * @return empty while too few days are known
     */
    Optional<MonthEstimate> estimate(NavigableMap<LocalDate, Long> days, LocalDate last);
}
