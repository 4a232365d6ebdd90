package dev.afterglow.alerts.cleanup;

/**
 * One thing that a rule asks of an experiment.
 *
 * @param asked what has to be so for an alert, for example {@code serves one variant to everyone}
 * @param found what is so, with the values that were seen
 * @param holds whether what was asked for is so
 */
public record Check(String asked, String found, boolean holds) {}
