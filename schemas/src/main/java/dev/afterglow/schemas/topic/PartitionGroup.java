package dev.afterglow.schemas.topic;

/** Topics that have to have the same number of partitions, since one task reads or writes the same partition of each. */
public enum PartitionGroup {
    /** Keyed by unit: the raw events. */
    EVENTS,
    /** Keyed by experiment identity: counts, definitions, actions, clean-up alerts. */
    EXPERIMENTS,
    /** Keyed by account: usage and cost. */
    ACCOUNTS,
    /** Small topics of which order within a key is all that matters. */
    SINGLE
}
