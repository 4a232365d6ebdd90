package dev.afterglow.streams.testkit;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.serde.GeneratedClasses;
import java.time.Instant;

/** Evaluation events; each test changes what it is about. */
public final class Events {

    static {
        GeneratedClasses.trust();
    }

    private Events() {}

    /** A unit got variant blue of shop/production/checkout. */
    public static EvaluationEvent.Builder event(String id, Instant occurredAt) {
        return EvaluationEvent.newBuilder()
                .setId(id)
                .setProject("shop")
                .setEnvironment("production")
                .setExperiment("checkout")
                .setVariant("blue")
                .setUnit("unit-1")
                .setOccurredAt(occurredAt);
    }
}
