package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.ExperimentOutcome;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the clean-ups of a team brought in a month. Money of several currencies is not added up: each has a sum of its own.
 *
 * @param month UTC month in which the runs ended
 * @param team null for those that nobody owned
 * @param currency ISO 4217 code; null for those without a price
 * @param runs how many ended
 * @param provisional how many of them are still being measured, so that they save nothing yet
 * @param wastedMicros what their leftover impressions cost; null where it is known of none
 * @param savedMicrosPerMonth what their ends save a month; null where it is known of none
 */
public record OutcomeSum(
        YearMonth month,
        String team,
        String currency,
        long runs,
        long provisional,
        Long wastedMicros,
        Long savedMicrosPerMonth) {

    private record Group(YearMonth month, String team, String currency) {}

    private static final Comparator<String> NONE_LAST = Comparator.nullsLast(Comparator.naturalOrder());

    private static final Comparator<OutcomeSum> NEWEST_FIRST = Comparator.comparing(OutcomeSum::month)
            .reversed()
            .thenComparing(OutcomeSum::team, NONE_LAST)
            .thenComparing(OutcomeSum::currency, NONE_LAST);

    /**
     * The newest month first, then by team.
     *
     * @throws ArithmeticException when a sum is too large to be told
     */
    public static List<OutcomeSum> of(Collection<ExperimentOutcome> outcomes) {
        return outcomes.stream().collect(Collectors.groupingBy(OutcomeSum::group)).entrySet().stream()
                .map(group -> sum(group.getKey(), group.getValue()))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /** The UTC month in which a run ended. */
    public static YearMonth monthOf(ExperimentOutcome outcome) {
        return YearMonth.from(outcome.getClosedAt().atOffset(ZoneOffset.UTC));
    }

    private static Group group(ExperimentOutcome outcome) {
        return new Group(monthOf(outcome), outcome.getTeam(), outcome.getCurrency());
    }

    private static OutcomeSum sum(Group group, List<ExperimentOutcome> outcomes) {
        return new OutcomeSum(
                group.month,
                group.team,
                group.currency,
                outcomes.size(),
                outcomes.stream().filter(ExperimentOutcome::getProvisional).count(),
                sum(outcomes, ExperimentOutcome::getWastedMicros),
                sum(outcomes, ExperimentOutcome::getSavedMicrosPerMonth));
    }

    private static Long sum(List<ExperimentOutcome> outcomes, Function<ExperimentOutcome, Long> micros) {
        return outcomes.stream()
                .map(micros)
                .filter(Objects::nonNull)
                .reduce(Math::addExact)
                .orElse(null);
    }
}
