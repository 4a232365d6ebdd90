package dev.afterglow.streams.readmodel;

import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * The read model as it was at one instant. To be closed by the thread that asked for it; answers are copies and outlive it.
 */
public final class ReadModelView implements AutoCloseable {

    private final Reader reader;

    ReadModelView(Reader reader) {
        this.reader = reader;
    }

    /** Impressions of every experiment that has any, by {@link ExperimentKey#toString() identity} in its order. */
    public SortedMap<String, Long> impressionsByExperiment() {
        var totals = new TreeMap<String, Long>();
        reader.scan(
                Table.TOTALS.key(""),
                (key, value) -> totals.put(Table.rest(key), Totals.decode(value).impressions()));
        return totals;
    }

    /** The experiments of a project that have any impressions, in their order. */
    public List<ExperimentKey> experiments(String project) {
        var found = new ArrayList<ExperimentKey>();
        reader.scan(Table.TOTALS.key(project + "/"), (key, value) -> found.add(ExperimentKey.parse(Table.rest(key))));
        return List.copyOf(found);
    }

    /** Impressions of an experiment in the hours kept; empty when there are none. */
    public Optional<Long> impressions(ExperimentKey experiment) {
        return Optional.ofNullable(reader.get(Keys.totals(experiment)))
                .map(bytes -> Totals.decode(bytes).impressions());
    }

    /** Impressions of each variant of an experiment in the hours kept, by variant. */
    public SortedMap<String, Long> impressionsByVariant(ExperimentKey experiment) {
        var totals = new TreeMap<String, Long>();
        Totals.decode(reader.get(Keys.totals(experiment)))
                .byVariant()
                .forEach((variant, sum) -> totals.put(variant, sum.impressions()));
        return totals;
    }

    /** The counts of an experiment, by hour, then variant. */
    public List<ImpressionCount> hours(ExperimentKey experiment) {
        return list(Table.IMPRESSIONS.key(experiment + "/"), Codecs.IMPRESSION);
    }

    /** The version of a definition that is in force at an instant; of several with the same start the highest. */
    public Optional<ExperimentDefinition> definition(ExperimentKey experiment, Instant at) {
        var bound = Keys.definition(experiment.toString(), at, Long.MAX_VALUE);
        return Optional.ofNullable(reader.lastUpTo(bound, Keys.definitions(experiment.toString())))
                .map(Codecs.DEFINITION::decode);
    }

    /** The versions in force at an instant, by {@link ExperimentKey#toString() identity}. */
    public SortedMap<String, ExperimentDefinition> definitions(Instant at) {
        var inForce = new TreeMap<String, ExperimentDefinition>();
        reader.scan(Table.DEFINITIONS.key(""), (key, value) -> {
            var definition = Codecs.DEFINITION.decode(value);
            if (!definition.getEffectiveFrom().isAfter(at)) {
                inForce.put(Keys.textOfNumbered(key), definition);
            }
        });
        return inForce;
    }

    /** What an account owes for a period ({@code YYYY-MM}), if anything was published. */
    public Optional<AccountCost> accountCost(String account, String period) {
        return Optional.ofNullable(reader.get(Table.ACCOUNT_COSTS.key(account + "/" + period)))
                .map(Codecs.ACCOUNT_COST::decode);
    }

    /** Every period of an account, oldest first. */
    public List<AccountCost> accountCosts(String account) {
        return list(Table.ACCOUNT_COSTS.key(account + "/"), Codecs.ACCOUNT_COST);
    }

    /** The shares of the experiments in what an account owes for a period, by identity. */
    public List<ExperimentCost> experimentCosts(String account, String period) {
        return list(Table.COSTS.key(account + "/" + period + "/"), Codecs.COST);
    }

    /** Alerts that are not resolved, by alert id. */
    public List<AlertMessage> openAlerts() {
        return list(Table.OPEN_ALERTS.key(""), Codecs.OPEN_ALERT).stream()
                .map(AlertMessage::of)
                .toList();
    }

    /** The newest message of every alert still known: of the last 90 days, and of older ones that are open. */
    public List<AlertMessage> alerts() {
        Map<String, AlertMessage> byId = new LinkedHashMap<>();
        reader.scan(Table.ALERTS.key(""), (key, value) -> byId.put(Table.rest(key), AlertMessage.decode(value)));
        openAlerts().forEach(open -> byId.putIfAbsent(open.alertId(), open));
        return List.copyOf(byId.values());
    }

    /** The newest message of an alert, if it is known. */
    public Optional<AlertMessage> alert(String alertId) {
        return Optional.ofNullable(reader.get(Table.ALERTS.key(alertId)))
                .map(AlertMessage::decode)
                .or(() -> Optional.ofNullable(reader.get(Table.OPEN_ALERTS.key(alertId)))
                        .map(Codecs.OPEN_ALERT::decode)
                        .map(AlertMessage::of));
    }

    /** What people did about the alerts of a subject, by time; also what could not be taken. */
    public List<AlertAction> actions(String subject) {
        return list(Keys.actions(subject), Codecs.ACTION);
    }

    /** The messages about one alert, oldest first. */
    public List<AlertMessage> history(String alertId) {
        var messages = new ArrayList<AlertMessage>();
        reader.scan(Keys.history(alertId), (key, value) -> messages.add(AlertMessage.decode(value)));
        return List.copyOf(messages);
    }

    /** How experiments ended, by identity and run. */
    public List<ExperimentOutcome> outcomes() {
        return list(Table.OUTCOMES.key(""), Codecs.OUTCOME);
    }

    /** How the runs of an experiment ended, the last one first. */
    public List<ExperimentOutcome> outcomes(ExperimentKey experiment) {
        return list(Table.OUTCOMES.key(experiment + "/"), Codecs.OUTCOME).stream()
                .sorted(Comparator.comparing(ExperimentOutcome::getClosedAt).reversed())
                .toList();
    }

    /** The accounts of every source partition. */
    public List<IntakeLedger> ledgers() {
        return list(Table.LEDGERS.key(""), Codecs.LEDGER);
    }

    /** How far each stage and partition, and each serving instance, has come. */
    public List<Progress> progress() {
        return list(Table.PROGRESS.key(""), Codecs.PROGRESS);
    }

    @Override
    public void close() {
        reader.close();
    }

    private <V extends SpecificRecord> List<V> list(byte[] prefix, AvroBytes<V> codec) {
        var values = new ArrayList<V>();
        reader.scan(prefix, (key, value) -> values.add(codec.decode(value)));
        return List.copyOf(values);
    }
}
