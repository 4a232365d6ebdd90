package dev.afterglow.streams.conservation;

import dev.afterglow.contract.IntakeLedger;
import java.util.Map;
import java.util.Optional;

/** Checks that {@code received = counted + duplicate + excluded + deadLettered}. */
public final class ConservationCheck {

    private ConservationCheck() {}

    /** What is wrong with the ledger of one partition; a sum that does not fit 64 bits is wrong too. */
    public static Optional<Violation> check(IntakeLedger ledger) {
        var subject = ledger.getTopic() + '/' + ledger.getPartition();
        try {
            long excluded = sum(ledger.getExcluded());
            long deadLettered = sum(ledger.getDeadLettered());
            long accounted = Math.addExact(
                    Math.addExact(ledger.getCounted(), ledger.getDuplicate()), Math.addExact(excluded, deadLettered));
            if (accounted == ledger.getReceived()) {
                return Optional.empty();
            }
            var detail = ledger.getReceived() + " received, but " + ledger.getCounted() + " counted + "
                    + ledger.getDuplicate() + " duplicate + " + excluded + " excluded + " + deadLettered
                    + " dead-lettered = " + accounted;
            return Optional.of(new Violation(subject, ledger.getReceived(), accounted, detail));
        } catch (ArithmeticException overflow) {
            return Optional.of(new Violation(subject, ledger.getReceived(), 0, "its sums do not fit 64 bits"));
        }
    }

    private static long sum(Map<String, Long> byReason) {
        return byReason.values().stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
    }
}
