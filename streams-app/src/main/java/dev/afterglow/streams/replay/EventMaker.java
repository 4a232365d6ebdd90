package dev.afterglow.streams.replay;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.text.BadInputException;
import dev.afterglow.streams.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Makes the event of a row. */
final class EventMaker {

    private static final int LONGEST_ID = 512;
    private static final int LONGEST_UNIT = 512;
    private static final int LONGEST_VARIANT = 256;

    private final ReplayPlan plan;
    private final Template experiment;
    private final Template variant;
    private final Template unit;
    private final Template time;
    private final Optional<Template> id;
    private final TimeReader times;

    /** @throws BadInputException when the plan cannot be used */
    EventMaker(ReplayPlan plan) {
        this.plan = plan;
        this.experiment = Template.parse("--experiment", plan.experiment());
        this.variant = Template.parse("--variant", plan.variant());
        this.unit = Template.parse("--unit", plan.unit());
        this.time = Template.column(plan.time());
        this.id = plan.id().map(text -> Template.parse("--id", text));
        this.times = TimeReader.of(plan.timeFormat(), plan.zone());
        requireSlug("--project", plan.project());
        requireSlug("--environment", plan.environment());
    }

    /** @throws BadInputException naming each column that the plan uses and the file has not */
    void check(List<String> columns) {
        var used = new TreeSet<String>();
        List.of(experiment, variant, unit, time).forEach(template -> used.addAll(template.columns()));
        id.ifPresent(template -> used.addAll(template.columns()));
        var problems = new ArrayList<String>();
        for (var column : used) {
            if (!columns.contains(column)) {
                problems.add(plan.fileName() + " has no column '" + column + "'" + Nearest.hint(column, columns)
                        + (Nearest.to(column, columns).isPresent() ? " Known are " + String.join(", ", columns) : ""));
            }
        }
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
    }

    EvaluationEvent event(Row row) throws BadRowException {
        return EvaluationEvent.newBuilder()
                .setId(id.isPresent() ? bounded("id", id.get().render(row), LONGEST_ID) : derivedId(row))
                .setProject(plan.project())
                .setEnvironment(plan.environment())
                .setExperiment(experiment.render(row))
                .setVariant(bounded("variant", variant.render(row), LONGEST_VARIANT))
                .setUnit(bounded("unit", unit.render(row), LONGEST_UNIT))
                .setOccurredAt(times.read(time.render(row)))
                .setSource(plan.source())
                .setBackfill(true)
                .build();
    }

    private String derivedId(Row row) {
        return plan.fileName() + ":" + row.number();
    }

    private static String bounded(String what, String text, int longest) throws BadRowException {
        if (text.length() > longest) {
            throw new BadRowException("the " + what + " has " + text.length() + " characters, " + longest + " at most");
        }
        return text;
    }

    private static void requireSlug(String option, String text) {
        if (!ExperimentKey.isSlug(text)) {
            throw new BadInputException(
                    option + " '" + text
                            + "' is no slug: use lower-case letters, digits, '.', '_' and '-', starting with a letter or digit");
        }
    }
}
