package dev.afterglow.alerts.whatif;

import static dev.afterglow.alerts.whatif.Histories.day;
import static dev.afterglow.alerts.whatif.Histories.leftover;
import static dev.afterglow.alerts.whatif.Histories.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.ProjectPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhatIfTest {

    private final WhatIf whatIf = new WhatIf(day(40), 100);

    @Test
    void saysThatNothingChangesUnderTheSamePolicy() {
        // when
        whatIf.add(leftover("a", "growth", 40), policy(14, 30), policy(14, 30));

        // then
        var answer = whatIf.answer(List.of());
        assertThat(answer.differences()).isEmpty();
        assertThat(answer.changes()).isEmpty();
        assertThat(answer.total().inForce()).isEqualTo(answer.total().changed());
        assertThat(answer.total().changed()).isEqualTo(new Tally(1, 2, 1, 1, 1));
    }

    @Test
    void findsAnAlertThatOpensOnlyUnderTheChangedPolicy() {
        // given an experiment that went out after ten days
        whatIf.add(leftover("a", "growth", 10), policy(14, 30), policy(7, 30));

        // then
        var answer = whatIf.answer(List.of());
        assertThat(answer.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.change()).isEqualTo(Change.NEW);
            assertThat(difference.experiment()).isEqualTo("shop/production/a");
            assertThat(difference.team()).isEqualTo("growth");
            assertThat(difference.inForce()).isNull();
            assertThat(difference.changed().openedAt()).isEqualTo(day(7));
            assertThat(difference.changed().resolvedAt()).isEqualTo(day(11));
        });
        assertThat(answer.total().changed()).isEqualTo(new Tally(1, 2, 0, 0, 0));
    }

    @Test
    void findsAnAlertThatDoesNotOpenUnderTheChangedPolicy() {
        // when
        whatIf.add(leftover("a", "growth", 40), policy(14, 30), policy(60, 90));

        // then
        assertThat(whatIf.answer(List.of()).changes()).containsOnly(entry(Change.GONE, 1L));
    }

    @Test
    void findsWhatOpensAndEscalatesEarlierOrLater() {
        // when
        whatIf.add(leftover("a", "growth", 40), policy(14, 30), policy(7, 30));
        whatIf.add(leftover("b", "growth", 40), policy(14, 30), policy(14, 35));
        whatIf.add(leftover("c", "growth", 40), policy(14, 30), policy(7, 60));

        // then
        var answer = whatIf.answer(List.of());
        assertThat(answer.differences())
                .extracting(Difference::change, Difference::experiment)
                .containsExactly(
                        tuple(Change.EARLIER, "shop/production/a"),
                        tuple(Change.LATER, "shop/production/b"),
                        tuple(Change.OTHERWISE, "shop/production/c"));
        assertThat(answer.differences().get(1).inForce().criticalAt()).isEqualTo(day(30));
        assertThat(answer.differences().get(1).changed().criticalAt()).isEqualTo(day(35));
    }

    @Test
    void takesAlertsThatAreOpenAtTheSameTimeForTheSameOne() {
        // given traffic of two stretches, the first of which only the changed policy minds
        var history = Histories.twice("a", 10, 20, 40);

        // when
        whatIf.add(history, policy(14, 60), policy(7, 60));

        // then
        var answer = whatIf.answer(List.of());
        assertThat(answer.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.change()).isEqualTo(Change.NEW);
            assertThat(difference.changed().openedAt()).isEqualTo(day(7));
        });
        assertThat(answer.total().inForce().open()).isEqualTo(1);
        assertThat(answer.total().changed().open()).isEqualTo(1);
    }

    @Test
    void addsUpByKindAndTeam() {
        // when
        whatIf.add(leftover("a", "growth", 40), policy(14, 30), policy(7, 20));
        whatIf.add(leftover("b", "search", 10), policy(14, 30), policy(7, 20));
        whatIf.add(leftover("c", null, 10), policy(14, 30), policy(7, 20));

        // then
        var answer = whatIf.answer(List.of());
        assertThat(answer.experiments()).isEqualTo(3);
        assertThat(answer.from()).isEqualTo(day(0));
        assertThat(answer.byKind()).containsOnlyKeys("LEFTOVER_ROLLOUT");
        assertThat(answer.byTeam()).containsOnlyKeys("", "growth", "search");
        assertThat(answer.byTeam().get("search").inForce()).isEqualTo(Tally.NONE);
        assertThat(answer.byTeam().get("search").changed().alerts()).isEqualTo(1);
        assertThat(answer.total().inForce()).isEqualTo(new Tally(1, 2, 1, 1, 1));
        assertThat(answer.total().changed()).isEqualTo(new Tally(3, 6, 1, 1, 1));
    }

    @Test
    void pagesAgainWhenASnoozeEnds() {
        // given
        var snooze = AlertAction.newBuilder()
                .setAlertId("LEFTOVER_ROLLOUT/shop/production/a/-/1")
                .setSubject("shop/production/a")
                .setAction(ActionKind.SNOOZE)
                .setAt(day(32))
                .setBy("ada")
                .setSnoozeUntil(day(35))
                .build();

        // when
        whatIf.add(leftover("a", "growth", 40, snooze), policy(14, 30), policy(14, 34));

        // then
        var answer = whatIf.answer(List.of());
        assertThat(answer.total().inForce().pages()).isEqualTo(2);
        assertThat(answer.total().changed().pages()).isEqualTo(1);
    }

    @Test
    void listsNoMoreThanAskedForAndCountsTheRest() {
        // given
        var one = new WhatIf(day(40), 1);

        // when
        for (var experiment : List.of("a", "b", "c")) {
            one.add(leftover(experiment, "growth", 10), policy(14, 30), policy(7, 30));
        }

        // then
        var answer = one.answer(List.of("Mind this."));
        assertThat(answer.differences()).hasSize(1);
        assertThat(answer.leftOut()).isEqualTo(2);
        assertThat(answer.changes()).containsEntry(Change.NEW, 3L);
        assertThat(answer.notes()).containsExactly("Mind this.");
    }

    @Test
    void replaysUnderTheFilesPolicyAsIfItHadAlwaysBeenInForce() {
        // given
        var toCome = ProjectPolicy.newBuilder(Histories.days(7, 30))
                .setVersion(9)
                .setEffectiveFrom(day(400))
                .build();

        // then
        assertThat(WhatIf.allAlong(toCome).inForceAt(day(0)).getWarnAfterDays()).isEqualTo(7);
        assertThat(WhatIf.allAlong(toCome).nextChangeAfter(day(0))).isEmpty();
    }

    @Test
    void namesWhatThePolicyChanges() {
        // given
        var inForce = Histories.days(14, 30);
        var changed = ProjectPolicy.newBuilder(Histories.days(7, 30))
                .setVersion(2)
                .setExcludeBots(true)
                .setCountedEnvironments(List.of("production"))
                .build();

        // then
        assertThat(PolicyChange.notes(inForce, changed))
                .containsExactly(
                        "Project 'shop' changes warnAfterDays 14 -> 7.",
                        "Project 'shop' also changes countedEnvironments, excludeBots, without effect here: the counts"
                                + " are taken as they are.");
        assertThat(PolicyChange.notes(inForce, inForce))
                .containsExactly("Project 'shop' is judged as under the policy in force now.");
    }
}
