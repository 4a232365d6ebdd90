package dev.afterglow.streams.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the live view shows at one moment.
 *
 * @param addresses where to reach the services
 * @param phase what is going on
 * @param elapsed time since the view began
 * @param sent records sent
 * @param planned records to be sent in all; 0 when that is open
 * @param pipeline what the pipeline says; empty while its API does not answer
 */
record Snapshot(
        Addresses addresses, String phase, Duration elapsed, long sent, long planned, Optional<Pipeline> pipeline) {

    /**
     * The pipeline as its API shows it.
     *
     * @param conservation the ledger so far
     * @param perSecond evaluations received a second, lately
     * @param watermark up to when arrivals have been read, as text
     * @param lag records behind, over all stages
     * @param settled whether nothing is under way
     * @param top the busiest experiments, busiest first
     * @param openAlerts alerts not resolved
     * @param costs a line for each account
     */
    record Pipeline(
            Conservation conservation,
            long perSecond,
            String watermark,
            long lag,
            boolean settled,
            List<Row> top,
            List<ActualAlert> openAlerts,
            List<String> costs) {

        Pipeline {
            top = List.copyOf(top);
            openAlerts = List.copyOf(openAlerts);
            costs = List.copyOf(costs);
        }
    }

    /**
     * An experiment.
     *
     * @param experiment its identity
     * @param impressions its impressions so far
     * @param status its status by name
     */
    record Row(String experiment, long impressions, String status) {}
}
