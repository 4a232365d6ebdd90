package dev.afterglow.streams.audit;

import dev.afterglow.contract.IntakeLedger;
import java.util.Map;
import java.util.Optional;

/**
 * Up to where the published counts hold everything.
 *
 * @param ledgers by source partition; one that has received nothing has none
 */
record Settled(Map<Integer, IntakeLedger> ledgers) {

    Settled {
        ledgers = Map.copyOf(ledgers);
    }

    Optional<IntakeLedger> ledger(int partition) {
        return Optional.ofNullable(ledgers.get(partition));
    }
}
