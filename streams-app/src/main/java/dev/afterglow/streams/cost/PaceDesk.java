package dev.afterglow.streams.cost;

import dev.afterglow.alerts.pace.PaceJudge;
import dev.afterglow.alerts.pace.ScopeSpend;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.state.PaceState;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/** Has the budgets of an account judged by how fast they are spent. */
final class PaceDesk {

    private static final StringSerializer STRINGS = new StringSerializer();

    private final KeyValueStore<String, PaceState> states;
    private final Consumer<CostAlert> send;

    /** @param send takes an alert */
    PaceDesk(KeyValueStore<String, PaceState> states, Consumer<CostAlert> send) {
        this.states = states;
        this.send = send;
    }

    /** Ids of the budgets of an account with an open alert. */
    Set<String> open(String account) {
        var ids = new TreeSet<String>();
        try (var open = states.prefixScan(account + '/', STRINGS)) {
            open.forEachRemaining(row -> ids.add(row.key.substring(account.length() + 1)));
        }
        return ids;
    }

    /** @return whether an alert is open after that, and the next quarter-hour has to be judged, too */
    boolean judge(Budget budget, ScopeSpend spend, Instant quarterEnd) {
        String key = budget.getAccount() + '/' + budget.getBudgetId();
        var before = states.get(key);
        if (before == null && (budget.getDeleted() || !budget.getPace())) {
            return false;
        }
        var verdict = PaceJudge.judge(before, budget, spend, quarterEnd);
        verdict.alerts().forEach(send);
        if (verdict.next() != null) {
            states.put(key, verdict.next());
        } else if (before != null) {
            states.delete(key);
        }
        return verdict.next() != null;
    }
}
