package dev.afterglow.alerts.spike;

import dev.afterglow.contract.CostKind;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.util.Optional;

/**
 * What is judged.
 *
 * @param account slug of the account
 * @param experiment the experiment; empty for the account as a whole
 * @param team team that owns it; null when that is not known
 */
public record SpikeSubject(String account, Optional<ExperimentKey> experiment, String team) {

    String alertId(Instant since) {
        return CostKind.SPIKE + "/" + account + '/'
                + experiment.map(key -> key + "/").orElse("") + since;
    }

    String text() {
        return experiment.map(key -> "Experiment " + key + " of account ").orElse("Account ") + account;
    }
}
