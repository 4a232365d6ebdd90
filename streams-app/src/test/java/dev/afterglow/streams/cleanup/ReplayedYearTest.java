package dev.afterglow.streams.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.cleanup.CaseHistory;
import dev.afterglow.alerts.cleanup.CaseReplay;
import dev.afterglow.alerts.cleanup.CountedTraffic;
import dev.afterglow.alerts.cleanup.Definitions;
import dev.afterglow.alerts.money.AccountBooks;
import dev.afterglow.alerts.money.AccountHours;
import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.policy.PolicyVersion;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.flow.Quarters;
import dev.afterglow.streams.year.Life;
import dev.afterglow.streams.year.SimulatedYear;
import dev.afterglow.streams.year.Told;
import dev.afterglow.streams.year.YearOracle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A replay from the counts that are published gives what the oracle expects, which is what the topology tells: see
 * {@link YearTest}.
 */
class ReplayedYearTest {

    private static final Instant UNTIL = SimulatedYear.TO;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void tellsWhatWasTold(long seed) {
        // given
        var year = new SimulatedYear(seed, 30);
        var policies = PolicyHistory.of(
                "shop",
                year.policies().stream()
                        .map(policy -> new PolicyVersion(policy, Instant.EPOCH))
                        .toList());
        var project = new TreeMap<Instant, Long>();
        year.lives()
                .forEach(life -> life.traffic()
                        .forEach((quarter, count) -> project.merge(Quarters.hourOf(quarter), count, Long::sum)));

        var books = books(year, project);

        // when
        var told = new ArrayList<Told>();
        for (var life : year.lives()) {
            var traffic = CountedTraffic.of(counts(life));
            var history = new CaseHistory(
                    life.key(),
                    Definitions.of(life.versions()),
                    traffic.within(project::subMap, new ProjectAccounts(policies, books)),
                    traffic.hourEnds(),
                    List.of());
            CaseReplay.messages(history, policies, UNTIL).stream().map(Told::of).forEach(told::add);
        }
        told.sort(null);

        // then
        assertThat(told).isNotEmpty().containsExactlyElementsOf(YearOracle.expected(year));
    }

    /** All that the account pays for is of this project. */
    private static AccountBooks books(SimulatedYear year, SortedMap<Instant, Long> project) {
        var plans = PlanHistory.of(year.plans());
        var hours = new AccountHours();
        project.forEach((hour, count) -> hours.add("default", hour, count));
        return new AccountBooks() {
            @Override
            public PlanHistory plans(String account) {
                return plans;
            }

            @Override
            public long impressions(String account, Instant from, Instant to) {
                return hours.impressions(account, from, to);
            }
        };
    }

    private static List<ImpressionCount> counts(Life life) {
        var green = new TreeMap<>(life.traffic());
        life.blue().forEach((quarter, blue) -> green.merge(quarter, -blue, Math::addExact));
        return Stream.concat(counts(life.key(), "blue", life.blue()), counts(life.key(), "green", green))
                .toList();
    }

    private static Stream<ImpressionCount> counts(
            ExperimentKey key, String variant, SortedMap<Instant, Long> quarters) {
        var hours = new TreeMap<Instant, List<Long>>();
        quarters.forEach((quarter, count) -> hours.computeIfAbsent(
                        Quarters.hourOf(quarter), hour -> new ArrayList<>(List.of(0L, 0L, 0L, 0L)))
                .set(Quarters.inHour(quarter), count));
        return hours.entrySet().stream()
                .map(hour -> ImpressionCount.newBuilder()
                        .setProject(key.project())
                        .setEnvironment(key.environment())
                        .setExperiment(key.experiment())
                        .setVariant(variant)
                        .setHour(hour.getKey())
                        .setQuarters(hour.getValue())
                        .setCount(hour.getValue().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .setPolicy(CountingPolicy.EVALUATION)
                        .setRevision(1)
                        .build());
    }
}
