package dev.afterglow.streams.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;

/**
 * The hours that are compared.
 *
 * @param from the first, a full UTC hour; empty for all from the beginning
 * @param to the end, a full UTC hour, itself left out; empty for all to the end
 */
public record AuditRange(Optional<Instant> from, Optional<Instant> to) {

    /** Everything that can be compared. */
    public static final AuditRange ALL = new AuditRange(Optional.empty(), Optional.empty());

    /** @throws AuditRefusedException when an end is no full hour, or the range is empty */
    public AuditRange {
        var problems = new ArrayList<String>();
        from.filter(at -> !isHour(at)).ifPresent(at -> problems.add("--from " + at + " is no full UTC hour"));
        to.filter(at -> !isHour(at)).ifPresent(at -> problems.add("--to " + at + " is no full UTC hour"));
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            problems.add("--from " + from.get() + " is not before --to " + to.get());
        }
        if (!problems.isEmpty()) {
            throw new AuditRefusedException(problems);
        }
    }

    /**
     * The part of this range that is covered: all of it, or for an open beginning what there is.
     *
     * @throws AuditRefusedException when it names hours that are not covered
     */
    AuditRange within(Coverage coverage) {
        var first = coverage.from();
        if (first.isEmpty()) {
            return this;
        }
        if (from.isPresent() && from.get().isBefore(first.get())
                || to.isPresent() && !to.get().isAfter(first.get())) {
            throw new AuditRefusedException("not every arrival of these hours is still in the log: give --from "
                    + first.get() + " or later (the log begins at "
                    + coverage.lostUpTo().orElseThrow() + ")");
        }
        return new AuditRange(from.or(() -> first), to);
    }

    boolean contains(Instant hour) {
        return from.stream().noneMatch(hour::isBefore) && to.stream().allMatch(hour::isBefore);
    }

    @Override
    public String toString() {
        return from.map(Instant::toString).orElse("the beginning") + " to "
                + to.map(Instant::toString).orElse("the end");
    }

    private static boolean isHour(Instant at) {
        return at.truncatedTo(ChronoUnit.HOURS).equals(at);
    }
}
