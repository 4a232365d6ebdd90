package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.policy;
import static dev.afterglow.alerts.cleanup.Fixtures.pricePlan;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.money.FakeBooks;
import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.Link;
import dev.afterglow.contract.NextStep;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertTextTest {

    private final Desk desk = new Desk();
    private Locale before;

    @BeforeEach
    void speakALanguageWithOtherDigitsAndSeparators() {
        before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    }

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(before);
    }

    @Test
    void tellsAStrangerWhatIsLeftOver() {
        var alert = leftover(20, builder -> {});

        assertThat(alert.getSummary())
                .isEqualTo("shop/production/checkout-cta has served variant 'green' to everyone for 20 days"
                        + " (since 2026-11-03) and still consumed 28,824 impressions in the last 24 h:"
                        + " put 'green' in the code and archive the experiment.");
    }

    @Test
    void tellsThatItIsPastTheLimit() {
        assertThat(leftover(30, builder -> {}).getSummary())
                .contains("for 30 days (since 2026-11-03), past the 30 days that its project allows, and still");
    }

    @Test
    void tellsWhatItCostsAndWhatEndingItSaves() {
        priced(0);

        assertThat(leftover(20, builder -> {}).getSummary())
                .endsWith("put 'green' in the code and archive the experiment. It has cost USD 576.48 since then; if it"
                        + " goes on, about USD 218.58 more until the end of November, and USD 893.54 in December."
                        + " Ending it now saves USD 218.58 in November.");
    }

    @Test
    void tellsThatEndingItSavesNothingInsideTheIncludedQuota() {
        priced(1_000_000_000);

        assertThat(leftover(20, builder -> {}).getSummary())
                .endsWith(" It has cost USD 0.00 since then; if it goes on, about USD 0.00 more until the end of"
                        + " November, and USD 0.00 in December. Ending it now saves no money in November: all that its"
                        + " account uses costs nothing under its price plan.");
    }

    @Test
    void tellsThatItHasCostMoreThanItsProjectAllows() {
        priced(0);
        desk.under(policy(p -> p.setCriticalCostMicros(500_000_000L)));

        assertThat(leftover(20, builder -> {}).getSummary())
                .contains("for 20 days (since 2026-11-03), past the USD 500.00 that its project allows, and still");
    }

    @Test
    void tellsWhatItCostOnceItIsOver() {
        priced(0);
        leftover(20, builder -> {});
        desk.define(inState(2, day(21), ExperimentState.ARCHIVED));
        var resolved = desk.judge(day(21)).get(0);

        assertThat(resolved.getSummary()).endsWith("it was archived. It cost USD 604.10 in that time.");
        assertThat(resolved.getEvidence().getProjectedMonthMicros()).isNull();
        assertThat(resolved.getEvidence().getSavingMicros()).isNull();
    }

    @Test
    void tellsWhyItIsResolved() {
        leftover(20, builder -> {});
        desk.define(inState(2, day(21), ExperimentState.ARCHIVED));

        assertThat(desk.judge(day(21)).get(0).getSummary())
                .isEqualTo("shop/production/checkout-cta, which had served variant 'green' to everyone for 21 days"
                        + " (since 2026-11-03), is resolved: it was archived.");
    }

    @Test
    void tellsAStrangerWhatComesBackFromTheDead() {
        desk.define(split(1, day(-9)), inState(2, START, ExperimentState.ARCHIVED))
                .traffic
                .add(hourOnDay(1), 1);

        assertThat(desk.judge(hourOnDay(1).plusSeconds(3600)).get(0).getSummary())
                .isEqualTo("shop/production/checkout-cta was archived on 2026-11-03 but still consumed 1 impression"
                        + " in the last 24 h, 1 day later: remove its evaluation from the code.");
    }

    @Test
    void staysOneLineWhateverTheKeys() {
        var key = new ExperimentKey("shop", "production", "a/b\nc%");
        desk.define(full(1, START)).traffic.hourly(START, day(20), 1);
        var alert = CaseJudge.judge(null, key, desk.definitions, desk.policies, desk.traffic, hourOnDay(15))
                .alerts()
                .get(0);

        assertThat(alert.getSummary()).startsWith("shop/production/a/b c% has served");
        assertThat(alert.getAlertId()).isEqualTo("LEFTOVER_ROLLOUT/shop/production/a%2Fb\nc%25/-/1");
    }

    @Test
    void carriesTheEvidence() {
        desk.under(policy(p -> p.setVersion(7)));
        var evidence = leftover(20, builder -> {}).getEvidence();

        assertThat(evidence.getSince()).isEqualTo(START);
        assertThat(evidence.getDays()).isEqualTo(20);
        assertThat(evidence.getImpressionsSince()).isEqualTo(20 * 24 * 1201);
        assertThat(evidence.getImpressionsLastDay()).isEqualTo(24 * 1201);
        assertThat(evidence.getLastTrafficAt()).isEqualTo(hourOnDay(20).minusSeconds(45 * 60));
        assertThat(evidence.getVariant()).isEqualTo("green");
        assertThat(evidence.getDefinitionVersion()).isEqualTo(1);
        assertThat(evidence.getPolicyVersion()).isEqualTo(7);
        assertThat(evidence.getRule()).isEqualTo("leftover-rollout");
        assertThat(evidence.getRuleVersion()).isEqualTo(1);
        assertThat(evidence.getCostSinceMicros()).isNull();
    }

    @Test
    void namesNoPolicyVersionWhereTheDefaultsHold() {
        assertThat(leftover(20, builder -> {}).getEvidence().getPolicyVersion()).isNull();
    }

    @Test
    void carriesOwnersAndLinks() {
        var link = new Link("results", "https://example.org/results");
        var alert = leftover(
                20,
                builder -> builder.setOwnerTeam("checkout")
                        .setContacts(List.of("#checkout"))
                        .setLinks(List.of(link)));

        assertThat(alert.getTeam()).isEqualTo("checkout");
        assertThat(alert.getContacts()).containsExactly("#checkout");
        assertThat(alert.getLinks()).containsExactly(link);
    }

    @Test
    void listsTheStepsThatAreStillToDo() {
        assertThat(leftover(20, builder -> {}).getNextSteps())
                .containsExactly(
                        new NextStep("Confirm the winner: 'green'.", false),
                        new NextStep("Put variant 'green' in the code and remove the evaluation.", false),
                        new NextStep("Deactivate or archive the experiment.", false),
                        new NextStep("Document the outcome: goal, key learning, decision and follow-up.", false),
                        new NextStep(
                                "Or, if it must be possible to roll back or to roll out step by step: move the change"
                                        + " to a feature flag.",
                                false));
    }

    @Test
    void saysInTheStepThatEndsTheTrafficWhatItSaves() {
        priced(0);

        assertThat(leftover(20, builder -> {}).getNextSteps())
                .extracting(NextStep::getText)
                .contains(
                        "Put variant 'green' in the code and remove the evaluation: saves USD 218.58 in November.",
                        "Deactivate or archive the experiment.");
    }

    @Test
    void saysItInTheNextOneWhenThatIsDone() {
        priced(0);
        var alertId = leftover(20, builder -> {}).getAlertId();
        desk.act(Fixtures.action(alertId, Fixtures.KEY, ActionKind.IMPLEMENTED, hourOnDay(20), null));

        assertThat(desk.judge(hourOnDay(20)).get(0).getNextSteps())
                .extracting(NextStep::getText)
                .contains(
                        "Put variant 'green' in the code and remove the evaluation.",
                        "Deactivate or archive the experiment: saves USD 218.58 in November.");
    }

    @Test
    void promisesNoSavingWhereThereIsNone() {
        priced(1_000_000_000);

        assertThat(leftover(20, builder -> {}).getNextSteps())
                .extracting(NextStep::getText)
                .noneMatch(text -> text.contains("saves"));
    }

    @Test
    void ticksTheWinnerOnceItIsDecided() {
        var alert = leftover(
                20,
                builder -> builder.setDecision(Decision.ROLL_OUT)
                        .setWinner("green")
                        .setGoal("more orders")
                        .setSignificance(0.973));

        assertThat(alert.getNextSteps().get(0))
                .isEqualTo(new NextStep(
                        "Confirm the winner: 'green' (goal: more orders; confidence reached: 97.3 %).", true));
    }

    @Test
    void doesNotTickAWinnerThatIsNotServed() {
        var alert =
                leftover(20, builder -> builder.setDecision(Decision.ROLL_OUT).setWinner("blue"));

        assertThat(alert.getNextSteps().get(0))
                .isEqualTo(new NextStep(
                        "Confirm the winner: 'blue' was decided, but 'green' is served to everyone.", false));
    }

    @Test
    void ticksWhatIsSeenToBeDone() {
        leftover(20, builder -> {});
        desk.define(inState(2, day(21), ExperimentState.INACTIVE));
        assertThat(desk.judge(day(21)).get(0).getNextSteps())
                .extracting(NextStep::getDone)
                .containsExactly(false, false, true, false, false);
        desk.followDueTimes(day(21).plusSeconds(3 * 3600));
        desk.judge(hourOnDay(22));
        desk.followDueTimes(day(90));

        var last = desk.alerts.get(desk.alerts.size() - 1);
        assertThat(Desk.brief(last)).isEqualTo("ZOMBIE_TRAFFIC RESOLVED TRAFFIC_STOPPED");
        assertThat(last.getNextSteps()).extracting(NextStep::getDone).containsExactly(false, true, true, false, false);
    }

    @Test
    void listsAnOpenAlertWholeAndAResolvedOneNot() {
        var alert = leftover(20, builder -> builder.setOwnerTeam("checkout"));
        var open = OpenAlerts.of(alert).orElseThrow();
        desk.define(split(2, day(21)));
        var resolved = desk.judge(day(21)).get(0);

        assertThat(open.getAlertId()).isEqualTo(alert.getAlertId());
        assertThat(open.getSubject()).isEqualTo("shop/production/checkout-cta");
        assertThat(open.getKind()).isEqualTo("LEFTOVER_ROLLOUT");
        assertThat(open.getTeam()).isEqualTo("checkout");
        assertThat(open.getCleanup()).isEqualTo(alert);
        assertThat(open.getCost()).isNull();
        assertThat(OpenAlerts.of(resolved)).isEmpty();
    }

    /** USD 0.001 an impression, beyond those that are included, in an account of which this is all the traffic. */
    private void priced(long included) {
        var books = new FakeBooks().plan("default", pricePlan(included, 1_000)).hourly("default", START, day(23), 1201);
        desk.traffic.paidBy(new ProjectAccounts(Fixtures.defaults(), books));
    }

    /** 1,201 impressions an hour; judged on the day given. */
    private CleanupAlert leftover(long day, Consumer<ExperimentDefinition.Builder> change) {
        desk.define(full(1, START, change)).traffic.hourly(START, day(Math.max(23, day)), 1201);
        var alerts = desk.judge(hourOnDay(day));
        assertThat(alerts).hasSize(1);
        return alerts.get(0);
    }
}
