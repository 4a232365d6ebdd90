package dev.afterglow.schemas.history;

import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topic.Encoding;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.state.AccountSpikes;
import dev.afterglow.state.BudgetState;
import dev.afterglow.state.CaseFile;
import dev.afterglow.state.DefinitionHistory;
import dev.afterglow.state.ForecastState;
import dev.afterglow.state.HourTraffic;
import dev.afterglow.state.PaceState;
import dev.afterglow.state.ScopeDay;
import dev.afterglow.state.SealedHours;
import dev.afterglow.state.SourceState;
import dev.afterglow.state.SpikeState;
import dev.afterglow.state.StoredCount;
import dev.afterglow.state.UsageDay;
import dev.afterglow.state.UsageTotal;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** What is written somewhere and read again by a later release. */
final class Types {
    private static final Set<Class<? extends SpecificRecord>> IN_STORES = Set.of(
            AccountSpikes.class,
            BudgetState.class,
            CaseFile.class,
            DefinitionHistory.class,
            ForecastState.class,
            HourTraffic.class,
            IntakeLedger.class,
            PaceState.class,
            ScopeDay.class,
            SealedHours.class,
            SourceState.class,
            SpikeState.class,
            StoredCount.class,
            UsageDay.class,
            UsageTotal.class);

    private Types() {}

    /** Values of public topics. */
    static Set<Class<? extends SpecificRecord>> contracts() {
        return values(Encoding.REGISTERED).collect(Collectors.toSet());
    }

    /** Values of state stores and of topics between our own stages. */
    static Set<Class<? extends SpecificRecord>> state() {
        return Stream.concat(IN_STORES.stream(), values(Encoding.INTERNAL)).collect(Collectors.toSet());
    }

    /** All of them, each once, by name. */
    static Stream<Class<? extends SpecificRecord>> all() {
        return Stream.concat(contracts().stream(), state().stream())
                .distinct()
                .sorted((a, b) -> a.getName().compareTo(b.getName()));
    }

    static Schema schemaOf(Class<?> type) {
        return SpecificData.get().getSchema(type);
    }

    private static Stream<Class<? extends SpecificRecord>> values(Encoding encoding) {
        Predicate<Topic<?>> encoded = topic -> topic.encoding() == encoding;
        return new Topics("")
                .all().stream().filter(encoded).map(topic -> topic.valueType().asSubclass(SpecificRecord.class));
    }
}
