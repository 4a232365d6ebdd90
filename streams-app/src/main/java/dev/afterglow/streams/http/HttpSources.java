package dev.afterglow.streams.http;

import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.progress.SettlementStatus;
import dev.afterglow.streams.readmodel.ReadModelView;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the pages are made of.
 *
 * @param view the read model as it is now; closed by the page
 * @param status how far the flow has settled
 * @param readiness whether topics exist, streams run and the read model is ready
 * @param metrics all metrics in Prometheus' text format
 * @param rollout name of the status of an experiment under its definition in force, such as {@code FULL_ROLLOUT}
 * @param judgedUpTo up to when cases have been judged, UTC; empty until that is known
 * @param configured what an experiment is judged by; empty until it has been read
 * @param actions takes what somebody did about an alert, and returns when it is safe; throws
 *     {@link UnavailableException} when that cannot be said
 * @param clock the present, which decides the definition in force and the current period
 */
public record HttpSources(
        Supplier<ReadModelView> view,
        Supplier<SettlementStatus> status,
        Supplier<Readiness> readiness,
        Supplier<String> metrics,
        Function<ExperimentDefinition, String> rollout,
        Supplier<Optional<Instant>> judgedUpTo,
        Function<ExperimentKey, Optional<Configured>> configured,
        Consumer<AlertAction> actions,
        Clock clock) {}
