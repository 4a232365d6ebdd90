package dev.afterglow.streams.demo;

import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.Link;
import dev.afterglow.contract.VariantWeight;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.demo.FleetMember.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the members of the fleet with the history of their definitions. */
final class MemberFactory {

    static final Duration GRACE = Duration.ofHours(2);

    /** Before the oldest event of the fleet, so that every event finds a definition. */
    private static final Duration FIRST_VERSION = Duration.ofDays(120);

    private final Instant now;

    MemberFactory(Instant now) {
        this.now = now;
    }

    /** Split evenly between its variants all the time. */
    FleetMember running(String project, String experiment, int share, String... variants) {
        var key = key(project, experiment);
        var names = List.of(variants);
        var first = split(key, ExperimentKind.EXPERIMENT, names).build();
        return new FleetMember(key, Role.RUNNING, share, names, Optional.empty(), Optional.empty(), List.of(first));
    }

    /** Split between two variants first, then the second one for all. */
    FleetMember rolledOut(Role role, String project, String experiment, int share, int days, String winner) {
        var key = key(project, experiment);
        var kind = role == Role.FLAG ? ExperimentKind.FEATURE_FLAG : ExperimentKind.EXPERIMENT;
        var names = List.of("control", winner);
        var since = now.minus(Duration.ofDays(days));
        var first = split(key, kind, names);
        var second = ExperimentDefinition.newBuilder(first)
                .setVersion(2)
                .setEffectiveFrom(since)
                .setVariants(weights(List.of("control"), 0, List.of(winner)));
        if (kind == ExperimentKind.EXPERIMENT) {
            second.setDecision(Decision.ROLL_OUT)
                    .setWinner(winner)
                    .setDecidedAt(since)
                    .setSignificance(0.97);
        }
        Optional<Instant> leftoverFrom = role == Role.FLAG ? Optional.empty() : Optional.of(since);
        return new FleetMember(
                key, role, share, names, Optional.of(since), leftoverFrom, List.of(first.build(), second.build()));
    }

    /** Split between two variants, and archived, which its clients do not know. */
    FleetMember archived(String project, String experiment, int share, int days) {
        var key = key(project, experiment);
        var names = List.of("control", "treatment");
        var archivedAt = now.minus(Duration.ofDays(days));
        var first = split(key, ExperimentKind.EXPERIMENT, names);
        var second = ExperimentDefinition.newBuilder(first)
                .setVersion(2)
                .setEffectiveFrom(archivedAt)
                .setState(ExperimentState.ARCHIVED)
                .setEnabled(false)
                .setDecision(Decision.ROLL_BACK)
                .setDecidedAt(archivedAt)
                .build();
        return new FleetMember(
                key,
                Role.ZOMBIE,
                share,
                names,
                Optional.empty(),
                Optional.of(archivedAt.plus(GRACE)),
                List.of(first.build(), second));
    }

    private ExperimentDefinition.Builder split(ExperimentKey key, ExperimentKind kind, List<String> variants) {
        return ExperimentDefinition.newBuilder()
                .setProject(key.project())
                .setEnvironment(key.environment())
                .setExperiment(key.experiment())
                .setVersion(1)
                .setEffectiveFrom(now.minus(FIRST_VERSION))
                .setKind(kind)
                .setState(ExperimentState.RUNNING)
                .setRolloutPercent(100)
                .setVariants(weights(List.of(), 1, variants))
                .setGoal("More orders")
                .setOwnerTeam(key.project() + "-web")
                .setContacts(List.of(key.project() + "-web@example.com"))
                .setLinks(List.of(new Link("Experiment brief", "https://example.com/experiments/" + key.project())));
    }

    private static List<VariantWeight> weights(List<String> before, double weight, List<String> served) {
        var weights = new ArrayList<VariantWeight>();
        before.forEach(variant -> weights.add(new VariantWeight(variant, weight)));
        served.forEach(variant -> weights.add(new VariantWeight(variant, 50.0)));
        return weights;
    }

    private static ExperimentKey key(String project, String experiment) {
        return new ExperimentKey(project, Fleet.COUNTED_ENVIRONMENT, experiment);
    }
}
