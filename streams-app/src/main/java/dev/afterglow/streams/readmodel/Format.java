package dev.afterglow.streams.readmodel;

import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.contract.OpenAlert;
import dev.afterglow.contract.OperatorAlert;
import dev.afterglow.state.Progress;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** Names how this build writes the store. A store of another name is built anew rather than migrated: it is derived. */
final class Format {

    /** To be raised when the tables change though no schema does. */
    private static final int LAYOUT = 2;

    private Format() {}

    /** The layout and the fingerprint of every schema. */
    static String current() {
        return LAYOUT + ":"
                + Stream.of(
                                ImpressionCount.getClassSchema(),
                                ExperimentDefinition.getClassSchema(),
                                ExperimentCost.getClassSchema(),
                                AccountCost.getClassSchema(),
                                CleanupAlert.getClassSchema(),
                                CostAlert.getClassSchema(),
                                OperatorAlert.getClassSchema(),
                                OpenAlert.getClassSchema(),
                                ExperimentOutcome.getClassSchema(),
                                AlertAction.getClassSchema(),
                                IntakeLedger.getClassSchema(),
                                Progress.getClassSchema())
                        .map(Format::fingerprint)
                        .collect(Collectors.joining(":"));
    }

    private static String fingerprint(Schema schema) {
        return Long.toHexString(SchemaNormalization.parsingFingerprint64(schema));
    }
}
