package dev.afterglow.streams.demo;

import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.schemas.serde.GeneratedClasses;
import dev.afterglow.streams.demo.FleetMember.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The experiments of two simulated projects, as they stand at a time.
 *
 * @param now the time of the simulation; histories reach back from here
 * @param members the experiments, in a fixed order
 */
record Fleet(Instant now, List<FleetMember> members) {

    static final String SHOP = "shop";
    static final String BAZAAR = "bazaar";
    static final String COUNTED_ENVIRONMENT = "production";
    static final String OTHER_ENVIRONMENT = "staging";

    /** Shares of the ordinary experiments fall off with their rank, as the popularity of pages does. */
    private static final int ZIPF_HEAD = 900;

    private static final List<String> ORDINARY = List.of(
            "hero-image",
            // Both characters that have a meaning in keys.
            "promo/50% off",
            "product-video",
            "review-order",
            "size-guide",
            "gift-wrap",
            "newsletter-popup",
            "loyalty-teaser",
            "delivery-slots",
            "payment-icons",
            "recently-viewed",
            "sticky-filters");

    Fleet {
        members = List.copyOf(members);
    }

    /** The fleet at a time, which is cut to milliseconds as events are. */
    static Fleet at(Instant time) {
        // Avro's builders make their defaults by name.
        GeneratedClasses.trust();
        var now = time.truncatedTo(ChronoUnit.MILLIS);
        var make = new MemberFactory(now);
        var members = new ArrayList<FleetMember>();
        members.add(make.rolledOut(Role.LEFTOVER, SHOP, "checkout-express", 1_100, 20, "one-click"));
        members.add(make.rolledOut(Role.OLD_LEFTOVER, SHOP, "search-ranking-v2", 400, 45, "semantic"));
        members.add(make.rolledOut(Role.FRESH_ROLLOUT, SHOP, "price-badge", 500, 5, "badge"));
        members.add(make.rolledOut(Role.CLEANED, SHOP, "free-shipping-bar", 700, 25, "bar"));
        members.add(make.rolledOut(Role.FLAG, SHOP, "new-navigation", 900, 60, "on"));
        members.add(make.archived(SHOP, "spring-banner", 400, 3));
        members.add(make.running(SHOP, "cart-layout", 1_400, "control", "compact"));
        for (var rank = 1; rank <= ORDINARY.size(); rank++) {
            var variants = rank % 3 == 2 ? new String[] {"a", "b/50%", "c"} : new String[] {"control", "treatment"};
            members.add(make.running(SHOP, ORDINARY.get(rank - 1), ZIPF_HEAD / rank, variants));
        }
        members.add(make.running(BAZAAR, "seller-rank", 500, "control", "treatment"));
        members.add(make.rolledOut(Role.LEFTOVER, BAZAAR, "photo-zoom", 300, 16, "zoom"));
        members.add(make.running(BAZAAR, "cart-layout", 100, "control", "compact"));
        return new Fleet(now, members);
    }

    /** Every version of every definition, those of an experiment oldest first. */
    List<ExperimentDefinition> definitions() {
        return members.stream().flatMap(member -> member.history().stream()).toList();
    }

    /** The versions by which the owners switch off what they clean up, in force from a time. */
    List<ExperimentDefinition> cleanUp(Instant effectiveFrom) {
        return members.stream()
                .filter(member -> member.role() == Role.CLEANED)
                .map(member -> member.history().get(member.history().size() - 1))
                .map(last -> ExperimentDefinition.newBuilder(last)
                        .setVersion(last.getVersion() + 1)
                        .setEffectiveFrom(effectiveFrom)
                        .setState(ExperimentState.INACTIVE)
                        .setEnabled(false)
                        .build())
                .toList();
    }
}
