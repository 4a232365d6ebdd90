package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupEvidence;
import dev.afterglow.contract.Resolution;
import dev.afterglow.contract.Severity;
import dev.afterglow.state.AlertMachine;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Writes the message of a change of state, so that it is understood without any other message. */
final class AlertWriter {

    private AlertWriter() {}

    /**
     * @param machine the machine after the change
     * @param severity severity of the episode; a resolution keeps it, so that it goes where the alert went
     * @param resolution why it was resolved; null unless it was
     */
    static CleanupAlert write(
            Rule rule, Situation situation, AlertMachine machine, Severity severity, Resolution resolution) {
        var key = situation.key();
        var held = situation.definitions().phaseAt(machine.getSince()).orElse(null);
        var owner = lastOfRun(situation, machine.getRun()).definition();
        var variant = rule.variant(situation, held);
        var cost = resolution == null
                ? CaseCost.goingOn(rule, situation, machine.getSince())
                : CaseCost.over(rule, situation, machine.getSince());
        var alert = CleanupAlert.newBuilder()
                .setAlertId(AlertIds.of(rule.kind(), key, machine.getRun(), machine.getEpisode()))
                .setKind(rule.kind())
                .setStatus(machine.getStatus())
                .setSeverity(severity)
                .setProject(key.project())
                .setEnvironment(key.environment())
                .setExperiment(key.experiment())
                .setRun(machine.getRun())
                .setEpisode(machine.getEpisode())
                .setAt(situation.at())
                .setOpenedAt(machine.getOpenedAt())
                .setResolution(resolution)
                .setTeam(owner.getOwnerTeam())
                .setContacts(owner.getContacts())
                .setLinks(owner.getLinks())
                .setEvidence(evidence(rule, situation, machine, variant, cost))
                .setAcknowledgedBy(machine.getAcknowledgedBy())
                .setSnoozedUntil(machine.getSnoozedUntil())
                .setSequence(machine.getMessages())
                .setNextSteps(rule.nextSteps(
                        owner,
                        variant,
                        new NextSteps.Done(
                                machine.getImplemented() || resolution == Resolution.TRAFFIC_STOPPED,
                                !situation.phase().allocation().isLive(),
                                machine.getDocumented()),
                        cost.flatMap(CaseCost::saves).orElse(null)));
        return alert.setSummary(Wording.oneLine(rule.summary(situation, held, alert)
                        + cost.map(known -> " " + known.inWords()).orElse("")
                        + spent(situation, resolution)
                        + acted(machine)))
                .build();
    }

    /** Severity of the episode of a machine. */
    static Severity severity(AlertMachine machine) {
        return machine.getEscalated() || machine.getStatus() == AlertStatus.ESCALATED
                ? Severity.CRITICAL
                : Severity.WARNING;
    }

    private static Optional<Overhead> overhead(Situation situation) {
        return situation.traffic().overhead(situation.hour().minus(Situation.DAY), situation.hour());
    }

    /** What clients spend is told while it goes on. */
    private static String spent(Situation situation, Resolution resolution) {
        return resolution != null
                ? ""
                : overhead(situation)
                        .map(day -> " In the last 24 h " + day.inWords() + ".")
                        .orElse("");
    }

    /** What people did about it, as far as it matters while it is open. */
    private static String acted(AlertMachine machine) {
        if (machine.getStatus() == AlertStatus.RESOLVED) {
            return "";
        }
        return (machine.getAcknowledgedBy() == null ? "" : " Acknowledged by " + machine.getAcknowledgedBy() + ".")
                + (machine.getSnoozedUntil() == null
                        ? ""
                        : " Snoozed until " + Wording.minute(machine.getSnoozedUntil()) + ".");
    }

    private static CleanupEvidence evidence(
            Rule rule, Situation situation, AlertMachine machine, String variant, Optional<CaseCost> cost) {
        var policy = situation.policy();
        var countsFrom = rule.countsFrom(machine.getSince(), situation);
        var overhead = overhead(situation);
        var evidence = CleanupEvidence.newBuilder()
                .setSince(machine.getSince())
                .setDays(Math.toIntExact(
                        Duration.between(machine.getSince(), situation.at()).toDays()))
                .setImpressionsSince(situation.impressionsSince(countsFrom))
                .setImpressionsLastDay(situation.impressionsLastDay(countsFrom))
                .setLastTrafficAt(
                        situation.traffic().lastTraffic(situation.hour()).orElse(null))
                .setVariant(variant)
                .setDefinitionVersion(
                        situation.phase().isDefined()
                                ? situation.phase().definition().getVersion()
                                : null)
                .setPolicyVersion(PolicyHistory.isDefault(policy) ? null : policy.getVersion())
                .setOverheadMicrosPerDay(overhead.map(Overhead::micros).orElse(null))
                .setOverheadBytesPerDay(overhead.map(Overhead::bytes).orElse(null))
                .setRule(rule.name())
                .setRuleVersion(rule.version());
        cost.ifPresent(known -> known.writeTo(evidence));
        return evidence.build();
    }

    /** A new run may have other owners: the end of an episode is told to those who were told of its start. */
    private static Phase lastOfRun(Situation situation, String run) {
        return situation.definitions().phases().stream()
                .filter(phase -> !phase.start().isAfter(situation.at()))
                .filter(phase -> Objects.equals(phase.definition().getRun(), run))
                .reduce((older, newer) -> newer)
                .orElse(situation.phase());
    }
}
