package dev.afterglow.streams.runtime;

import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.state.Progress;
import dev.afterglow.streams.cleanup.CleanupTopology;
import dev.afterglow.streams.client.Connection;
import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.cost.CostTopology;
import dev.afterglow.streams.impressions.ImpressionsTopology;
import dev.afterglow.streams.progress.Settlement;
import dev.afterglow.streams.progress.Stages;
import java.time.Clock;
import java.util.Map;

/** What is known of a running pipeline from the outside, with nothing but Kafka at hand. */
public final class Pipeline {

    private Pipeline() {}

    /** Connects to what the stages say of how far they have come; the caller closes it. */
    public static Settlement settlement(AppConfig config, Clock clock) {
        try (var connection = new Connection(config)) {
            var topics = config.topics();
            var stages = stages(Partitions.of(connection.checkTopics(), topics));
            return Settlement.connect(
                    config.consumerSettings(),
                    topics.progress(),
                    StateSerde.of(Progress.class).deserializer(),
                    stages,
                    clock);
        }
    }

    /** The stage that says how far counting has come. */
    static Stages counting(Partitions partitions) {
        return new Stages(Map.of(ImpressionsTopology.STAGE, partitions.experiments()));
    }

    /** The stages that everything has to have passed. */
    static Stages stages(Partitions partitions) {
        return new Stages(Map.of(
                ImpressionsTopology.STAGE, partitions.experiments(),
                CleanupTopology.STAGE, partitions.experiments(),
                CostTopology.STAGE, partitions.accounts()));
    }
}
