package dev.afterglow.streams.intake;

import java.time.Duration;

/**
 * How far the times of an event may lie from its arrival, and how long its id is remembered.
 *
 * @param lateness how long before its arrival an event may have happened, unless it is marked as backfill
 * @param futureTolerance by how much it may claim to have happened after its arrival
 * @param dedupeHorizonHours for how many UTC hours of arrival after the one of its first arrival the same id is a
 *     duplicate
 */
public record IntakeLimits(Duration lateness, Duration futureTolerance, int dedupeHorizonHours) {

    /** 62 days, 10 minutes, 24 hours. */
    public static final IntakeLimits DEFAULTS = new IntakeLimits(Duration.ofDays(62), Duration.ofMinutes(10), 24);
}
