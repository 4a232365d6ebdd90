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

/** How each kind of value lies in the store. */
final class Codecs {

    static final AvroBytes<ImpressionCount> IMPRESSION = new AvroBytes<>(ImpressionCount.class);
    static final AvroBytes<ExperimentDefinition> DEFINITION = new AvroBytes<>(ExperimentDefinition.class);
    static final AvroBytes<ExperimentCost> COST = new AvroBytes<>(ExperimentCost.class);
    static final AvroBytes<AccountCost> ACCOUNT_COST = new AvroBytes<>(AccountCost.class);
    static final AvroBytes<CleanupAlert> CLEANUP_ALERT = new AvroBytes<>(CleanupAlert.class);
    static final AvroBytes<CostAlert> COST_ALERT = new AvroBytes<>(CostAlert.class);
    static final AvroBytes<OperatorAlert> OPERATOR_ALERT = new AvroBytes<>(OperatorAlert.class);
    static final AvroBytes<OpenAlert> OPEN_ALERT = new AvroBytes<>(OpenAlert.class);
    static final AvroBytes<AlertAction> ACTION = new AvroBytes<>(AlertAction.class);
    static final AvroBytes<ExperimentOutcome> OUTCOME = new AvroBytes<>(ExperimentOutcome.class);
    static final AvroBytes<IntakeLedger> LEDGER = new AvroBytes<>(IntakeLedger.class);
    static final AvroBytes<Progress> PROGRESS = new AvroBytes<>(Progress.class);

    private Codecs() {}
}
