package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.AlertAction;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All that has happened to an experiment, but for the policies of its project.
 *
 * @param key the experiment
 * @param definitions its versions
 * @param traffic its traffic
 * @param hourEnds the ends of the UTC hours in which it had traffic
 * @param actions what people did about its alerts, by time
 */
public record CaseHistory(
        ExperimentKey key,
        Definitions definitions,
        Traffic traffic,
        SortedSet<Instant> hourEnds,
        List<AlertAction> actions) {

    /** @throws NullPointerException when an action is missing */
    public CaseHistory {
        actions = List.copyOf(actions);
    }

    /** When there is something to judge, whatever the policies. */
    TreeSet<Instant> news() {
        var news = new TreeSet<>(hourEnds);
        definitions.versions().forEach(version -> news.add(version.getEffectiveFrom()));
        actions.forEach(action -> news.add(action.getAt()));
        return news;
    }
}
