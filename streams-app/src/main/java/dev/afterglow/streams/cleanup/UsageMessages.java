package dev.afterglow.streams.cleanup;

import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.UsageBatch;
import dev.afterglow.state.UsageMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Packs what accounts are to be told: many experiments of an account together, in their order. */
final class UsageMessages {

    /** So that no message grows beyond what a topic takes. */
    private static final int QUARTERS_PER_MESSAGE = 2_000;

    private final BiConsumer<String, UsageMessage> send;
    private final TreeMap<String, Batch> open = new TreeMap<>();

    /** @param send takes an account and a message for it */
    UsageMessages(BiConsumer<String, UsageMessage> send) {
        this.send = send;
    }

    void add(ExperimentUsage usage) {
        var batch = open.computeIfAbsent(usage.getAccount(), account -> new Batch());
        batch.usages.add(usage);
        batch.quarters += usage.getQuarters().size();
        if (batch.quarters >= QUARTERS_PER_MESSAGE) {
            send(usage.getAccount(), open.remove(usage.getAccount()));
        }
    }

    /** Sends what is left. */
    void finish() {
        open.forEach(this::send);
        open.clear();
    }

    private void send(String account, Batch batch) {
        send.accept(account, new UsageMessage(new UsageBatch(batch.usages)));
    }

    private static final class Batch {
        private final List<ExperimentUsage> usages = new ArrayList<>();
        private int quarters;
    }
}
