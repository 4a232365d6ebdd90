package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.time.UsableTime;
import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.Link;
import dev.afterglow.contract.VariantWeight;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a valid definition looks like. Collects every problem, so that a file is mended in one go. */
final class DefinitionCheck {

    private final List<String> problems = new ArrayList<>();

    private DefinitionCheck() {}

    static List<String> problems(ExperimentDefinition definition) {
        var check = new DefinitionCheck();
        check.identity(definition);
        check.enums(definition);
        check.rollout("rolloutPercent", definition.getRolloutPercent());
        check.variants("variants", definition.getVariants());
        check.segments(definition);
        check.decision(definition);
        definition.getLinks().forEach(check::link);
        return List.copyOf(check.problems);
    }

    private void identity(ExperimentDefinition definition) {
        slug("project", definition.getProject());
        slug("environment", definition.getEnvironment());
        require(!definition.getExperiment().isEmpty(), "experiment is empty: give the key of the experiment");
        require(
                definition.getExperiment().length() <= 256,
                "experiment is longer than 256 characters: shorten the key");
        require(UsableTime.is(definition.getEffectiveFrom()), "effectiveFrom " + UsableTime.REMEDY);
        require(definition.getVersion() >= 1, "version is " + definition.getVersion() + ": use 1 or more");
        var run = definition.getRun();
        require(
                run == null || !run.isBlank() && !run.equals(AlertIds.NO_RUN),
                "run '" + run + "' names no run: leave it out or give it a name other than '" + AlertIds.NO_RUN + "'");
    }

    private void enums(ExperimentDefinition definition) {
        require(definition.getKind() != ExperimentKind.UNKNOWN, "kind is UNKNOWN: use EXPERIMENT or FEATURE_FLAG");
        require(
                definition.getState() != ExperimentState.UNKNOWN,
                "state is UNKNOWN: use DRAFT, RUNNING, INACTIVE or ARCHIVED");
        require(
                definition.getDecision() != Decision.UNKNOWN,
                "decision is UNKNOWN: use NONE, ROLL_OUT, ROLL_BACK or CONTINUE");
    }

    private void rollout(String field, double percent) {
        require(percent >= 0 && percent <= 100, field + " is " + percent + ": use 0 to 100");
    }

    private void variants(String field, List<VariantWeight> variants) {
        require(!variants.isEmpty(), field + " is empty: give at least one variant with its weight");
        var names = new HashSet<String>();
        var sum = 0.0;
        for (var variant : variants) {
            var weight = variant.getWeight();
            name(field, variant.getVariant(), names);
            require(
                    weight >= 0 && Double.isFinite(weight),
                    field + ": weight of '" + variant.getVariant() + "' is " + weight + ": use 0 or more");
            sum += weight;
        }
        require(
                variants.isEmpty() || !(sum <= 0),
                field + ": all weights are 0: give one variant a positive weight, or set the rollout to 0");
    }

    private void segments(ExperimentDefinition definition) {
        var names = new HashSet<String>();
        for (var segment : definition.getSegments()) {
            name("segments", segment.getName(), names);
            var field = "segments '" + segment.getName() + "'";
            rollout(field + ": rolloutPercent", segment.getRolloutPercent());
            variants(field + ": variants", segment.getVariants());
        }
    }

    private void decision(ExperimentDefinition definition) {
        var significance = definition.getSignificance();
        require(
                significance == null || significance >= 0 && significance <= 1,
                "significance is " + significance + ": use 0 to 1");
        var winner = definition.getWinner();
        require(
                winner == null
                        || definition.getVariants().stream().anyMatch(variant -> winner.equals(variant.getVariant())),
                "winner '" + winner + "' is none of the variants: name one of them");
    }

    private void link(Link link) {
        require(
                isWebAddress(link.getUrl()),
                "links: '" + link.getUrl() + "' is no web address: use an absolute http or https address");
    }

    private static boolean isWebAddress(String url) {
        try {
            var address = new URI(url);
            return address.getHost() != null
                    && ("http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void name(String field, String name, Set<String> names) {
        require(!name.isEmpty(), field + ": a name is empty: give it one");
        require(names.add(name), field + ": '" + name + "' is there twice: give each a name of its own");
    }

    private void slug(String field, String value) {
        require(
                ExperimentKey.isSlug(value),
                field + " '" + value
                        + "' is no slug: use lower-case letters, digits, '.', '_' and '-', starting with a letter or digit");
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
