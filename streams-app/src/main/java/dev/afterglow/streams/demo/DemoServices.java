package dev.afterglow.streams.demo;

import dev.afterglow.contract.Budget;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.ProjectPolicy;
import java.net.URI;
import java.util.concurrent.TimeoutException;

/** What the demo needs of a running pipeline: ways in, and the address of its API. Used by one thread at a time. */
public interface DemoServices {

    /** Sends a record of the evaluations; may return before it is stored, and may block to be no faster than the broker. */
    void send(GeneratedRecord generated);

    /** Sends a version of a project policy. */
    void send(ProjectPolicy policy);

    /** Sends a version of an experiment definition. */
    void send(ExperimentDefinition definition);

    /** Sends a version of a price plan. */
    void send(PricePlan plan);

    /** Sends a version of a budget. */
    void send(Budget budget);

    /**
     * Waits until everything that was sent is stored, counted, judged, priced, and visible over HTTP.
     *
     * @throws TimeoutException when that takes too long; the message says what is behind
     */
    void awaitSettled() throws InterruptedException, TimeoutException;

    /** Base address of the HTTP API and the page, such as {@code http://127.0.0.1:8080}. */
    URI http();
}
