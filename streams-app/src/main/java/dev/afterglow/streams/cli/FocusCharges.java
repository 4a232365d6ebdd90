package dev.afterglow.streams.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterglow.streams.text.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The costs of an account as charges of FOCUS: what became final is never changed, and what changed since is a charge of its
 * own, of class {@code Correction}; the fee that no experiment has a part in like any share. Summed over any column, the charges come to the present costs.
 *
 * <p>A share that kept its team and currency is corrected by the difference. Otherwise the final charge is reversed, and what
 * holds now is charged: a difference would leave the cost with the team that no longer owns it.
 */
final class FocusCharges {

    /** Field of a charge that holds its class; absent from one that corrects nothing. */
    static final String CLASS = "chargeClass";

    private static final String CORRECTION = "Correction";
    private static final String NO_CURRENCY = "XXX";
    private static final List<String> FIGURES =
            List.of("impressions", "costMicros", "leftoverImpressions", "wastedMicros");

    private FocusCharges() {}

    /**
     * The charges, those of an experiment together.
     *
     * @throws BadInputException when the account has no price plan: every charge has to have a currency
     */
    static List<JsonNode> of(JsonNode costs) {
        if (costs.path("currency").asText().equals(NO_CURRENCY)) {
            throw new BadInputException("account '" + costs.path("account").asText() + "' has no price plan in "
                    + costs.path("period").asText()
                    + ", and a charge of FOCUS has a currency: send a price plan, or write --format csv");
        }
        var charges = new ArrayList<JsonNode>();
        for (var share : CostShares.of(costs)) {
            charges(costs.path("currency").asText(), (ObjectNode) share)
                    .filter(FocusCharges::isCharged)
                    .forEach(charges::add);
        }
        return charges;
    }

    private static Stream<ObjectNode> charges(String currency, ObjectNode share) {
        var present = share.deepCopy().put("currency", currency);
        if (!share.hasNonNull("finalFigures")) {
            return Stream.of(present);
        }
        var figures = (ObjectNode) share.get("finalFigures");
        var finals = present.deepCopy();
        finals.setAll(figures);
        if (figures.path("currency").asText().equals(NO_CURRENCY)) {
            // Nothing was priced: nothing is nothing in any currency.
            finals.put("currency", currency);
        }
        if (isOfSameOwner(finals, present)) {
            return Stream.of(finals, correction(present, present, finals));
        }
        var nothing = finals.deepCopy();
        FIGURES.forEach(figure -> nothing.put(figure, 0));
        return Stream.of(finals, correction(finals, nothing, finals), correction(present, present, nothing));
    }

    private static boolean isOfSameOwner(ObjectNode finals, ObjectNode present) {
        return finals.path("team").equals(present.path("team"))
                && finals.path("currency").equals(present.path("currency"));
    }

    private static ObjectNode correction(ObjectNode as, ObjectNode more, ObjectNode less) {
        var charge = as.deepCopy().put(CLASS, CORRECTION);
        FIGURES.forEach(figure -> charge.put(
                figure,
                Math.subtractExact(
                        more.path(figure).longValue(), less.path(figure).longValue())));
        return charge;
    }

    /** What was not used is not charged. */
    private static boolean isCharged(ObjectNode charge) {
        return FIGURES.stream().anyMatch(figure -> charge.path(figure).longValue() != 0);
    }
}
