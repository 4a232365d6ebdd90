package dev.afterglow.streams.intake;

import dev.afterglow.streams.dedupe.Sighting;

/** Tells whether an event was seen before. */
@FunctionalInterface
interface Sightings {

    /**
     * Looks for an id, and remembers it when it is new.
     *
     * @param hourOfArrival in UTC hours since 1970; never less than in an earlier call
     * @param horizonHours for how many hours after that of its first arrival the id is a duplicate
     */
    Sighting see(long id, int contents, long hourOfArrival, int horizonHours);
}
