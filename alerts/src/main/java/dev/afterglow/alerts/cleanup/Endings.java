package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.money.Outlook;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.AlertMachine;
import dev.afterglow.state.CaseFile;
import dev.afterglow.state.RunEnding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs of a case have ended: its alerts about a clean-up are all resolved, and the last of them by something that
 * ends an experiment. A week later what that saved is measured, and once more where traffic of that time comes late. A
 * run whose alerts open again in the meantime, or ever, has not ended; nor has one that is switched on again before what
 * it saved has been measured.
 *
 * <p>What is saved is measured against the time before the clean-up began. It begins with the end of the first alert: who
 * archives an experiment that is still evaluated here and there is told of these strays until they are gone, and what they
 * used in the end is not what was saved.
 */
final class Endings {

    /** How long the traffic is watched after the end. */
    static final Duration MEASURED_FOR = Duration.ofDays(7);

    /**
     * Those that ended longest ago are forgotten, if what they saved has been measured; what was told of them stays told.
     * More than these wait only where runs end faster than every eight hours.
     */
    private static final int MOST_RUNS = 20;

    private static final Set<CleanupKind> CLEANED_UP = Set.of(
            CleanupKind.LEFTOVER_ROLLOUT,
            CleanupKind.DECIDED_BUT_RUNNING,
            CleanupKind.ZOMBIE_TRAFFIC,
            CleanupKind.REACTIVATED);

    private final List<RunEnding> runs;
    private final List<Verdict.Ending> news = new ArrayList<>();

    private Endings(List<RunEnding> known) {
        runs = new ArrayList<>(known);
    }

    /**
     * What the judging of a case means for its runs.
     *
     * @param before the case before
     * @param written what people wrote, of those actions that were taken
     * @param after the machines after
     * @param alerts what is told
     */
    static Endings of(
            CaseFile before,
            List<AlertAction> written,
            List<AlertMachine> after,
            List<CleanupAlert> alerts,
            Situation situation) {
        var endings = new Endings(before.getEndings());
        var changed = new HashSet<String>();
        written.forEach(action -> endings.write(action, changed));
        var open = openRuns(after);
        for (var run : openRuns(before.getMachines())) {
            var why = whyEnded(run, alerts, situation);
            why.ifPresent(resolution -> endings.begin(run, before.getMachines(), situation));
            if (!open.contains(run)) {
                why.ifPresentOrElse(resolution -> endings.end(run, resolution, situation), () -> endings.goOn(run));
                changed.add(run);
            }
        }
        open.forEach(run -> endings.takeBack(run, situation));
        endings.takeBackWhatIsOnAgain(situation);
        endings.measure(situation, changed);
        endings.correct(situation, changed);
        endings.tell(situation, changed);
        endings.forget(situation.run());
        return endings;
    }

    List<RunEnding> runs() {
        return List.copyOf(runs);
    }

    /** What is to be told, in the order of the runs. */
    List<Verdict.Ending> news() {
        return List.copyOf(news);
    }

    /** When the next one is to be measured or corrected; null when none is. */
    Instant dueAt() {
        return runs.stream()
                .map(ending -> isToBeMeasured(ending) ? measuredAt(ending) : ending.getCorrectAt())
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static Set<String> openRuns(List<AlertMachine> machines) {
        var open = new HashSet<String>();
        machines.stream()
                .filter(machine -> isOfCleanUp(machine.getKind()) && Machines.isOpen(machine))
                .forEach(machine -> open.add(machine.getRun()));
        return open;
    }

    static boolean isOfCleanUp(String kind) {
        return CLEANED_UP.stream().anyMatch(one -> one.name().equals(kind));
    }

    /** The reason of the last of its alerts; empty when that is none that ends an experiment. */
    private static Optional<Resolution> whyEnded(String run, List<CleanupAlert> alerts, Situation situation) {
        var given = alerts.stream()
                .filter(alert -> CLEANED_UP.contains(alert.getKind()) && Objects.equals(alert.getRun(), run))
                .map(CleanupAlert::getResolution)
                .filter(Objects::nonNull)
                .toList();
        return EndReason.among(given, isLive(run, situation.phase()));
    }

    /** Notes what it was like before, unless that was noted when its first alert ended. */
    private void begin(String run, List<AlertMachine> before, Situation situation) {
        if (find(run).filter(Endings::hasBegun).isPresent()) {
            return;
        }
        var since = before.stream()
                .filter(machine -> isOfCleanUp(machine.getKind()) && Machines.isOpen(machine))
                .filter(machine -> Objects.equals(machine.getRun(), run))
                .map(AlertMachine::getSince)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(situation.at());
        var outlook = outlook(since, situation);
        put(edit(run)
                .setSince(since)
                .setBegunAt(situation.at())
                .setCurrency(outlook.map(Outlook::currency).orElse(null))
                .setMonthMicros(outlook.filter(ahead -> ahead.nextMicros().isPresent())
                        .map(ahead -> ahead.nextMicros().getAsLong())
                        .orElse(null))
                .build());
    }

    private static boolean hasBegun(RunEnding ending) {
        return ending.getSince() != null && !ending.getMeasured();
    }

    private void end(String run, Resolution why, Situation situation) {
        put(edit(run)
                .setEndedAt(situation.at())
                .setResolution(why)
                .setMeasured(false)
                .build());
    }

    /** A clean-up that had begun was none: it is split again, or was decided otherwise. */
    private void goOn(String run) {
        find(run).ifPresent(ending -> put(asIfNothingHadBegun(ending)));
    }

    private static RunEnding asIfNothingHadBegun(RunEnding ending) {
        return RunEnding.newBuilder(ending)
                .setSince(null)
                .setBegunAt(null)
                .setCurrency(null)
                .setMonthMicros(null)
                .build();
    }

    /** As it went on while it had traffic. */
    private static Optional<Outlook> outlook(Instant since, Situation situation) {
        return situation
                .traffic()
                .lastTraffic(situation.hour())
                .map(UtcGrid::ceilHour)
                .map(end -> end.isAfter(situation.hour()) ? situation.hour() : end)
                .flatMap(end -> situation.money().outlook(since, end));
    }

    private void takeBack(String run, Situation situation) {
        find(run).filter(ending -> ending.getEndedAt() != null).ifPresent(ending -> {
            // Strays of what is off already belong to the clean-up that has begun.
            var goesOn = isLive(run, situation.phase()) || ending.getMeasured();
            put(RunEnding.newBuilder(goesOn ? asIfNothingHadBegun(ending) : ending)
                    .setEndedAt(null)
                    .setResolution(null)
                    .setMeasured(false)
                    .setCorrectAt(null)
                    .setCorrectedAt(null)
                    .build());
            news.add(new Verdict.Ending(ending, true));
        });
    }

    /** What was switched off and is on again has not ended, whether or not there is something to be told of it. */
    private void takeBackWhatIsOnAgain(Situation situation) {
        runs.stream()
                .filter(Endings::isToBeMeasured)
                .filter(ending -> isLive(ending.getRun(), situation.phase()))
                .filter(ending -> wasOffSince(ending, situation))
                .map(RunEnding::getRun)
                .toList()
                .forEach(run -> takeBack(run, situation));
    }

    private static boolean wasOffSince(RunEnding ending, Situation situation) {
        return situation.definitions().phases().stream()
                .filter(phase -> phase.end() != null && phase.end().isAfter(ending.getEndedAt()))
                .filter(phase -> phase.start().isBefore(situation.at()))
                .anyMatch(phase -> !isLive(ending.getRun(), phase));
    }

    private static boolean isLive(String run, Phase phase) {
        return Objects.equals(run, phase.definition().getRun())
                && phase.allocation().isLive();
    }

    private void measure(Situation situation, Set<String> changed) {
        for (var ending : List.copyOf(runs)) {
            if (situation.isHour() && isToBeMeasured(ending) && !situation.at().isBefore(measuredAt(ending))) {
                put(RunEnding.newBuilder(ending).setMeasured(true).build());
                changed.add(ending.getRun());
            }
        }
    }

    private void correct(Situation situation, Set<String> changed) {
        runs.stream()
                .filter(ending -> ending.getCorrectAt() != null)
                .filter(ending -> situation.isHour() && !situation.at().isBefore(ending.getCorrectAt()))
                .forEach(ending -> changed.add(ending.getRun()));
    }

    /** With all that has come by then. */
    private void tell(Situation situation, Set<String> changed) {
        for (var ending : List.copyOf(runs)) {
            if (ending.getEndedAt() != null && changed.contains(ending.getRun())) {
                var told = ending.getCorrectAt() == null
                        ? ending
                        : RunEnding.newBuilder(ending)
                                .setCorrectAt(null)
                                .setCorrectedAt(situation.at())
                                .build();
                put(told);
                news.add(new Verdict.Ending(told, false));
            }
        }
    }

    private static boolean isToBeMeasured(RunEnding ending) {
        return ending.getEndedAt() != null && !ending.getMeasured();
    }

    /** When it is known what was saved: a full hour. */
    static Instant measuredAt(RunEnding ending) {
        return measuredAt(ending.getEndedAt());
    }

    static Instant measuredAt(Instant endedAt) {
        return UtcGrid.ceilHour(endedAt).plus(MEASURED_FOR);
    }

    private void write(AlertAction action, Set<String> changed) {
        var run = AlertIds.runOf(action.getAlertId());
        var ending = edit(run);
        if (action.getLink() != null) {
            ending.setLink(action.getLink());
        }
        if (action.getKeyLearning() != null) {
            ending.setKeyLearning(action.getKeyLearning());
        }
        if (action.getFollowUp() != null) {
            ending.setFollowUp(action.getFollowUp());
        }
        var next = ending.build();
        if (!find(run).equals(Optional.of(next))) {
            put(next);
            changed.add(run);
        }
    }

    /** Nothing of the run in force, which may end again, and nothing that is still to be told. */
    private void forget(String inForce) {
        while (runs.size() > MOST_RUNS) {
            var oldest = runs.stream()
                    .filter(ending -> !isToBeMeasured(ending)
                            && ending.getCorrectAt() == null
                            && !Objects.equals(ending.getRun(), inForce))
                    .min(Comparator.comparing(Endings::endedAt));
            if (oldest.isEmpty()) {
                return;
            }
            runs.remove(oldest.get());
        }
    }

    /** What has not ended, and is not in force any more, is of no interest. */
    private static Instant endedAt(RunEnding ending) {
        return ending.getEndedAt() == null ? Instant.MIN : ending.getEndedAt();
    }

    private Optional<RunEnding> find(String run) {
        return runs.stream()
                .filter(ending -> Objects.equals(ending.getRun(), run))
                .findFirst();
    }

    private RunEnding.Builder edit(String run) {
        return find(run)
                .map(RunEnding::newBuilder)
                .orElseGet(() -> RunEnding.newBuilder().setRun(run));
    }

    private void put(RunEnding ending) {
        for (int i = 0; i < runs.size(); i++) {
            if (Objects.equals(runs.get(i).getRun(), ending.getRun())) {
                runs.set(i, ending);
                return;
            }
        }
        runs.add(ending);
    }
}
