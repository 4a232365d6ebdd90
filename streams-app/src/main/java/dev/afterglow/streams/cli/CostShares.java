package dev.afterglow.streams.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The shares of an account's costs: those of experiments, and what no experiment has a part in. */
final class CostShares {

    private static final String COST = "costMicros";
    private static final String FINALS = "finalFigures";

    private CostShares() {}

    /**
     * All of them; they sum to the account's cost, and their final figures to its final ones. The fee of a month without
     * impressions is one without an experiment, and stays one when impressions come after the month was final.
     */
    static List<JsonNode> of(JsonNode costs) {
        var shares = new ArrayList<JsonNode>();
        costs.path("experiments").forEach(shares::add);
        long left = left(costs, shares);
        long finalLeft = left(
                costs.path(FINALS),
                shares.stream().map(share -> share.path(FINALS)).toList());
        if (left != 0 || finalLeft != 0) {
            shares.add(ofNone(costs, left, finalLeft));
        }
        return shares;
    }

    /** What nobody has a part in; with any impressions, they share all there is. */
    private static long left(JsonNode account, List<JsonNode> shares) {
        return account.path("impressions").longValue() == 0
                ? cost(account) - shares.stream().mapToLong(CostShares::cost).sum()
                : 0;
    }

    private static ObjectNode ofNone(JsonNode costs, long left, long finalLeft) {
        var share = figures(left);
        if (costs.hasNonNull(FINALS)) {
            var currency = costs.path(FINALS).path("currency");
            share.set(FINALS, figures(finalLeft).set("currency", currency));
            // Amounts of two currencies have no difference.
            long more = left - (currency.equals(costs.path("currency")) ? finalLeft : 0);
            if (more != 0) {
                share.set("correction", figures(more));
            }
        }
        return share;
    }

    private static ObjectNode figures(long costMicros) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("impressions", 0)
                .put(COST, costMicros)
                .put("leftoverImpressions", 0)
                .put("wastedMicros", 0);
    }

    private static long cost(JsonNode figures) {
        return figures.path(COST).longValue();
    }
}
