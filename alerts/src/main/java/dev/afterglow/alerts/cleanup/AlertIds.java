package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.CleanupKind;
import dev.afterglow.schemas.topic.ExperimentKey;

/** Names of alerts, made of nothing but what they are about, so that a replay names them alike. */
final class AlertIds {

    /** Stands for the run of an experiment that has none. */
    static final String NO_RUN = "-";

    private AlertIds() {}

    static String of(CleanupKind kind, ExperimentKey key, String run, int episode) {
        return kind + "/" + key + '/' + (run == null ? NO_RUN : ExperimentKey.encode(run)) + '/' + episode;
    }
}
