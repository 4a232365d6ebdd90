package dev.afterglow.streams.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** The shares of an account's costs: those of experiments, and what no experiment has a part in. */
final class CostShares {

    private CostShares() {}

    /** All of them; they sum to the account's cost. The fee of a month without impressions is one without an experiment. */
    static List<JsonNode> of(JsonNode costs) {
        var shares = new ArrayList<JsonNode>();
        long left = costs.path("costMicros").longValue();
        for (var share : costs.path("experiments")) {
            shares.add(share);
            left -= share.path("costMicros").longValue();
        }
        if (left > 0 && costs.path("impressions").longValue() == 0) {
            shares.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("impressions", 0)
                    .put("costMicros", left)
                    .put("leftoverImpressions", 0)
                    .put("wastedMicros", 0));
        }
        return shares;
    }
}
