package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.KEY;
import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ActionCheckTest {

    private static final String ALERT = "ZOMBIE_TRAFFIC/" + KEY + "/-/1";

    @ParameterizedTest
    @EnumSource(names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void acceptsEveryKindThatSaysWhatItHasTo(ActionKind kind) {
        var until = kind == ActionKind.SNOOZE ? START.plusSeconds(1) : null;

        assertThat(ActionCheck.problems(Fixtures.action(ALERT, KEY, kind, START, until)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "LEFTOVER_ROLLOUT/shop/production/other/-/1",
        "LEFTOVER_ROLLOUT/shop/production/checkout-cta/1",
        "BUDGET_ACTUAL/acme/2026-11",
        "nothing"
    })
    void namesAnAlertThatIsAboutSomethingElse(String alertId) {
        assertThat(ActionCheck.problems(acknowledge(action -> action.setAlertId(alertId))))
                .singleElement()
                .asString()
                .startsWith("subject: it is not what the alert in alertId is about");
    }

    @Test
    void wantsADefinitionForWhatIsToBePermanent() {
        assertThat(ActionCheck.problems(
                        Fixtures.action("UNKNOWN_EXPERIMENT/" + KEY + "/-/1", KEY, ActionKind.PERMANENT, START, null)))
                .singleElement()
                .asString()
                .startsWith("action: PERMANENT is for what is defined");
    }

    @Test
    void namesASubjectThatIsNoExperiment() {
        assertThat(ActionCheck.problems(acknowledge(action -> action.setSubject("budget-1"))))
                .singleElement()
                .asString()
                .startsWith("subject: ");
    }

    @Test
    void wantsTheSubjectAsTheAlertHasItAndOfALengthThatAKeyHas() {
        var longest = "x".repeat(2_000);
        assertThat(ActionCheck.problems(acknowledge(action -> action.setSubject("shop/production/a%2fb")
                        .setAlertId("ZOMBIE_TRAFFIC/shop/production/a%2Fb/-/1"))))
                .hasSize(1);
        assertThat(ActionCheck.problems(acknowledge(action -> action.setSubject("shop/production/" + longest)
                        .setAlertId("ZOMBIE_TRAFFIC/shop/production/" + longest + "/-/1"))))
                .singleElement()
                .satisfies(problem -> assertThat(problem).doesNotContain("xxx"));
    }

    @Test
    void namesWhatIsMissingOrTooLong() {
        assertThat(ActionCheck.problems(acknowledge(action ->
                        action.setAction(ActionKind.UNKNOWN).setBy(" ").setLink("x".repeat(10_001)))))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("action: "),
                        problem -> assertThat(problem).startsWith("by: "),
                        problem -> assertThat(problem).startsWith("link: has 10001 characters"));
    }

    @Test
    void wantsASnoozeToEndAfterItBegan() {
        assertThat(ActionCheck.problems(Fixtures.action(ALERT, KEY, ActionKind.SNOOZE, START, START)))
                .singleElement()
                .asString()
                .startsWith("snoozeUntil: 2026-11-03T09:20:00Z is not after");
        assertThat(ActionCheck.problems(Fixtures.action(ALERT, KEY, ActionKind.SNOOZE, START, null)))
                .containsExactly("snoozeUntil: say until when");
        assertThat(ActionCheck.problems(
                        Fixtures.action(ALERT, KEY, ActionKind.ACKNOWLEDGE, START, START.plusSeconds(1))))
                .containsExactly("snoozeUntil: only SNOOZE has one; leave it out");
    }

    private static AlertAction acknowledge(Consumer<AlertAction.Builder> change) {
        var builder = AlertAction.newBuilder(Fixtures.action(ALERT, KEY, ActionKind.ACKNOWLEDGE, START, null));
        change.accept(builder);
        return builder.build();
    }
}
