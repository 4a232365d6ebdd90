package dev.afterglow.alerts.cleanup;

import java.util.List;

/** The rules, in the order in which their messages are sent. */
final class Rules {

    static final List<Rule> ALL =
            List.of(new LeftoverRollout(), new DecidedButRunning(), new ZombieTraffic(), new Reactivated());

    private Rules() {}
}
