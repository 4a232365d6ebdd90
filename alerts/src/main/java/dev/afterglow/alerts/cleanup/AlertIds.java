package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.CleanupKind;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.AlertMachine;
import java.util.stream.IntStream;

/** Names of alerts, made of nothing but what they are about, so that a replay names them alike. */
public final class AlertIds {

    /** Stands for the run of an experiment that has none. */
    static final String NO_RUN = "-";

    private AlertIds() {}

    /**
     * The id of an alert.
     *
     * @param run null where the experiment has none
     * @param episode 1 for the first alert of its kind and run
     */
    public static String of(CleanupKind kind, ExperimentKey key, String run, int episode) {
        return of(kind.name(), key, run, episode);
    }

    /** The id of the current or last episode of a machine. */
    static String of(AlertMachine machine, ExperimentKey key) {
        return of(machine.getKind(), key, machine.getRun(), machine.getEpisode());
    }

    /** The run in the id of a clean-up alert; null where the experiment has none. */
    public static String runOf(String alertId) {
        var run = alertId.split("/", -1)[4];
        return run.equals(NO_RUN) ? null : ExperimentKey.decode(run);
    }

    /** Whether an id is that of an episode of the machine before its current or last one. */
    static boolean isOfEarlierEpisode(AlertMachine machine, ExperimentKey key, String alertId) {
        return IntStream.range(1, machine.getEpisode())
                .anyMatch(episode ->
                        of(machine.getKind(), key, machine.getRun(), episode).equals(alertId));
    }

    private static String of(String kind, ExperimentKey key, String run, int episode) {
        return kind + "/" + key + '/' + (run == null ? NO_RUN : ExperimentKey.encode(run)) + '/' + episode;
    }
}
