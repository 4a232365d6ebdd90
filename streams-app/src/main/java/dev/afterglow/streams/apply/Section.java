package dev.afterglow.streams.apply;

import dev.afterglow.contract.Budget;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * A list at the top of a file.
 *
 * @param name of the list
 * @param one what an entry is called
 * @param type class of the entries
 * @param schema schema of the entries
 * @param topic where they are sent
 * @param key under which key
 * @param version number of the version
 * @param check what is wrong with an entry that could be read
 */
record Section<V extends SpecificRecord>(
        String name,
        String one,
        Class<V> type,
        Schema schema,
        Function<Topics, Topic<V>> topic,
        Function<V, String> key,
        Function<V, Long> version,
        Function<V, List<String>> check) {

    /** In the order in which they are sent: what others refer to first. */
    static List<Section<?>> all() {
        return List.of(projects(), pricePlans(), experiments(), budgets());
    }

    private static Section<ProjectPolicy> projects() {
        return new Section<>(
                "projects",
                "project",
                ProjectPolicy.class,
                ProjectPolicy.getClassSchema(),
                Topics::projects,
                ProjectPolicy::getProject,
                ProjectPolicy::getVersion,
                Checks::project);
    }

    private static Section<PricePlan> pricePlans() {
        return new Section<>(
                "pricePlans",
                "price plan",
                PricePlan.class,
                PricePlan.getClassSchema(),
                Topics::pricePlans,
                PricePlan::getAccount,
                PricePlan::getVersion,
                Checks::pricePlan);
    }

    private static Section<ExperimentDefinition> experiments() {
        return new Section<>(
                "experiments",
                "experiment",
                ExperimentDefinition.class,
                ExperimentDefinition.getClassSchema(),
                Topics::experiments,
                Section::experimentKey,
                ExperimentDefinition::getVersion,
                Checks::experiment);
    }

    private static Section<Budget> budgets() {
        return new Section<>(
                "budgets",
                "budget",
                Budget.class,
                Budget.getClassSchema(),
                Topics::budgets,
                Budget::getBudgetId,
                Budget::getVersion,
                Checks::budget);
    }

    private static String experimentKey(ExperimentDefinition definition) {
        return new ExperimentKey(definition.getProject(), definition.getEnvironment(), definition.getExperiment())
                .toString();
    }
}
