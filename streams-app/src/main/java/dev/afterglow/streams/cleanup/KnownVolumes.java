package dev.afterglow.streams.cleanup;

import dev.afterglow.alerts.money.AccountHours;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.Set;

/** What a task remembers of the traffic of accounts: by UTC month, each read when it is asked for first. */
final class KnownVolumes {

    private final Set<YearMonth> months = new HashSet<>();
    private AccountHours hours = new AccountHours();
    private long revision = -1;

    AccountHours hours() {
        return hours;
    }

    boolean knows(YearMonth month) {
        return months.contains(month);
    }

    /** @return whether it was not known yet, and has to be read */
    boolean learn(YearMonth month) {
        return months.add(month);
    }

    /** Who pays may have changed with the policies: everything is read anew then. */
    void under(long policiesRevision) {
        if (revision != policiesRevision) {
            revision = policiesRevision;
            forget();
        }
    }

    /** Others may have gone on with the task. */
    void forget() {
        months.clear();
        hours = new AccountHours();
    }
}
