package dev.afterglow.alerts.cleanup;

import java.util.List;

/** The rules, in the order in which their messages are sent. */
final class Rules {

    private static final Rule UNKNOWN = new UnknownExperiment();

    private static final List<Rule> ALL = List.of(
            new LeftoverRollout(),
            new DecidedButRunning(),
            new ZombieTraffic(),
            new Reactivated(),
            new RolloutMismatch(),
            UNKNOWN);

    private Rules() {}

    /** Those that have something to say while a version is in force; nearly all of them rest on one. */
    static List<Rule> of(Phase phase) {
        return phase.isDefined() ? ALL : List.of(UNKNOWN);
    }
}
