package dev.afterglow.streams.year;

import static dev.afterglow.contract.CleanupKind.DECIDED_BUT_RUNNING;
import static dev.afterglow.contract.CleanupKind.LEFTOVER_ROLLOUT;
import static dev.afterglow.contract.CleanupKind.REACTIVATED;
import static dev.afterglow.contract.CleanupKind.ZOMBIE_TRAFFIC;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.contract.Resolution;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How the runs of a year ended, found from the alerts that {@link YearOracle} expects and the histories. Written after
 * what is documented of {@link ExperimentOutcome}, without anything of what it judges.
 */
public final class YearOutcomes {

    private static final Set<CleanupKind> OF_CLEAN_UP =
            Set.of(LEFTOVER_ROLLOUT, DECIDED_BUT_RUNNING, ZOMBIE_TRAFFIC, REACTIVATED);

    /** The first of them that is given is why a run has ended. */
    private static final List<Resolution> ENDS = List.of(
            Resolution.NEW_RUN,
            Resolution.ARCHIVED,
            Resolution.DEACTIVATED,
            Resolution.CONVERTED_TO_FLAG,
            Resolution.TRAFFIC_STOPPED);

    private final YearOutcomeFigures figures;
    private final List<Told> alerts;
    private final Map<CleanupKind, Long> open = new EnumMap<>(CleanupKind.class);
    private final List<ExperimentOutcome> written = new ArrayList<>();

    private YearOutcomeFigures.Start start;
    private YearOutcomeFigures.End end;
    private boolean measured;

    private YearOutcomes(YearOutcomeFigures figures, List<Told> alerts) {
        this.figures = figures;
        this.alerts = alerts;
    }

    /**
     * What is written under each key, in that order; null takes it back.
     *
     * @param told what {@link YearOracle} expects of the same year
     */
    public static Map<String, List<ExperimentOutcome>> expected(SimulatedYear year, List<Told> told) {
        var project = new YearTraffic(year.lives);
        var money = new YearMoney(year.plans(), project);
        var alerts = told.stream()
                .filter(alert -> OF_CLEAN_UP.contains(alert.kind()))
                .collect(Collectors.groupingBy(Told::experiment));
        var expected = new TreeMap<String, List<ExperimentOutcome>>();
        for (var life : year.lives) {
            var ofLife = alerts.getOrDefault(life.key().experiment(), List.of());
            for (var run : ofLife.stream().map(Told::run).collect(Collectors.toSet())) {
                var ofRun = ofLife.stream()
                        .filter(alert -> Objects.equals(alert.run(), run))
                        .toList();
                var story = new YearOutcomes(new YearOutcomeFigures(life, run, year.policies, project, money), ofRun);
                story.live();
                if (!story.written.isEmpty()) {
                    expected.put(life.key() + "/" + run, story.written);
                }
            }
        }
        return expected;
    }

    private void live() {
        var agenda = new TreeSet<Long>();
        alerts.forEach(told -> agenda.add(told.at().toEpochMilli()));
        agenda.addAll(figures.changes());
        for (var at = agenda.pollFirst();
                at != null && at <= SimulatedYear.TO.toEpochMilli();
                at = agenda.pollFirst()) {
            live(at);
            if (end != null && !measured) {
                agenda.add(end.measuredAt());
            }
        }
    }

    private void live(long at) {
        var before = Map.copyOf(open);
        var reasons = new HashSet<Resolution>();
        alerts.stream().filter(told -> told.at().toEpochMilli() == at).forEach(told -> hear(told, reasons));
        if (figures.isLive(at)) {
            reasons.removeAll(Set.of(Resolution.ARCHIVED, Resolution.DEACTIVATED));
        }
        var why = ENDS.stream().filter(reasons::contains).findFirst().orElse(null);
        if (why != null && start == null) {
            start = figures.start(before.values().stream().min(Long::compare).orElseThrow(), at);
        }
        if (!before.isEmpty() && open.isEmpty()) {
            if (why == null) {
                start = null;
            } else {
                end = new YearOutcomeFigures.End(at, why);
                measured = false;
                written.add(figures.provisional(start, end, at));
            }
        }
        if (end != null && (!open.isEmpty() || (!measured && figures.isOnAgain(end.at(), at)))) {
            written.add(null);
            start = measured || figures.isLive(at) ? null : start;
            end = null;
        }
        if (end != null && !measured && at == end.measuredAt()) {
            measured = true;
            written.add(figures.measured(start, end));
        }
    }

    private void hear(Told told, Set<Resolution> reasons) {
        if (told.status() == AlertStatus.RESOLVED) {
            open.remove(told.kind());
            reasons.add(told.resolution());
        } else {
            open.put(told.kind(), told.since().toEpochMilli());
        }
    }
}
