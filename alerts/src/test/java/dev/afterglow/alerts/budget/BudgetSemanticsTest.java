package dev.afterglow.alerts.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.schemas.serde.GeneratedClasses;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a budget says to what happens to it, as a table. {@link BudgetCourse} tells how to read it. */
class BudgetSemanticsTest {

    @BeforeAll
    static void trust() {
        GeneratedClasses.trust();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            nothing is spent                           | UTC | 0
            one micro below                            | UTC | 499.999999
            exactly at a threshold                     | UTC | 500 -> OPEN 50
            one micro above                            | UTC | 500.000001 -> OPEN 50
            one micro below the next                   | UTC | 500 -> OPEN 50, 799.999999
            each threshold in turn                     | UTC | 500 -> OPEN 50, 800 -> RESOLVED 50 SUPERSEDED + OPEN 80, 1000 -> RESOLVED 80 SUPERSEDED + OPEN 100
            jump over three                            | UTC | 1000 -> OPEN 100
            jump over three from the first             | UTC | 500 -> OPEN 50, 2000 -> RESOLVED 50 SUPERSEDED + OPEN 200
            an exceeded budget silences its own 80 %   | UTC | 1010 -> OPEN 100, 850 -> RESOLVED 100 BELOW_THRESHOLD, 900, 1000
            further 100 %, one micro below             | UTC | 1000 -> OPEN 100, 1999.999999, 2000 -> RESOLVED 100 SUPERSEDED + OPEN 200
            further 100 %, jump over several           | UTC | 1000 -> OPEN 100, 5432.10 -> RESOLVED 100 SUPERSEDED + OPEN 500
            thresholds above 100 of its own            | UTC | percents=50+150, 1499.999999 -> OPEN 50 v2, 1500 -> RESOLVED 50 v2 SUPERSEDED + OPEN 150 v2, 2000 -> RESOLVED 150 v2 SUPERSEDED + OPEN 200 v2
            judged again with nothing changed          | UTC | 800 -> OPEN 80, again, again
            correction takes it below                  | UTC | 800 -> OPEN 80, 799.999999 -> RESOLVED 80 BELOW_THRESHOLD
            correction to exactly the threshold        | UTC | 900 -> OPEN 80, 800
            corrected back and forth cannot flap       | UTC | 800 -> OPEN 80, 799 -> RESOLVED 80 BELOW_THRESHOLD, 801, 799, 801, 1000 -> OPEN 100
            correction to nothing                      | UTC | 2000 -> OPEN 200, 0 -> RESOLVED 200 BELOW_THRESHOLD, 1000
            budget raised, all is below                | UTC | 800 -> OPEN 80, amount=2000 -> RESOLVED 80 BUDGET_CHANGED, 1000 -> OPEN 50 v2
            budget raised, a lower threshold holds     | UTC | 800 -> OPEN 80, amount=1500 -> RESOLVED 80 BUDGET_CHANGED + OPEN 50 v2
            budget lowered                             | UTC | 400, amount=500 -> OPEN 80 v2
            budget lowered past 100 %                  | UTC | 800 -> OPEN 80, amount=400 -> RESOLVED 80 BUDGET_CHANGED + OPEN 200 v2
            new version of the same amount arms again  | UTC | 800 -> OPEN 80, amount=1000 -> RESOLVED 80 BUDGET_CHANGED + OPEN 80 v2
            new version arms what was corrected        | UTC | 800 -> OPEN 80, 700 -> RESOLVED 80 BELOW_THRESHOLD, amount=1000 -> OPEN 50 v2, 800 -> RESOLVED 50 v2 SUPERSEDED + OPEN 80 v2
            other thresholds                           | UTC | 500 -> OPEN 50, percents=60+90 -> RESOLVED 50 BUDGET_CHANGED, 600 -> OPEN 60 v2
            budget deleted                             | UTC | 800 -> OPEN 80, deleted -> RESOLVED 80 BUDGET_CHANGED, 2000
            budget deleted with nothing open           | UTC | 400, deleted, 2000
            budget deleted and made again              | UTC | 800 -> OPEN 80, deleted -> RESOLVED 80 BUDGET_CHANGED, restored -> OPEN 80 v3
            period ends                                | UTC | 800 -> OPEN 80, @2026-11-30T23:59:59.999Z, @2026-12-01T00:00Z -> RESOLVED 80 PERIOD_ENDED, again
            period ends with nothing open              | UTC | 400, @2026-12-01T00:00Z
            next period begins anew                    | UTC | 1000 -> OPEN 100, @2026-12-01T00:00Z -> RESOLVED 100 PERIOD_ENDED, month=2026-12, 499.999999, 500 -> OPEN 50
            ends in winter time, begun in summer time  | America/New_York | 800 -> OPEN 80, @2026-12-01T04:00Z, @2026-12-01T04:59:59Z, @2026-12-01T05:00Z -> RESOLVED 80 PERIOD_ENDED
            ends in summer time, begun in winter time  | America/New_York | month=2026-03, @2026-03-20T12:00Z, 800 -> OPEN 80, @2026-04-01T03:59:59Z, @2026-04-01T04:00Z -> RESOLVED 80 PERIOD_ENDED
            ends before UTC in summer time             | Europe/Berlin | month=2026-03, @2026-03-20T12:00Z, 800 -> OPEN 80, @2026-03-31T21:59:59Z, @2026-03-31T22:00Z -> RESOLVED 80 PERIOD_ENDED
            clocks that change by half an hour         | Australia/Lord_Howe | month=2026-04, @2026-04-20T12:00Z, 800 -> OPEN 80, @2026-04-30T13:00Z, @2026-04-30T13:30Z -> RESOLVED 80 PERIOD_ENDED
            half-hour offset                           | Asia/Kolkata | 800 -> OPEN 80, @2026-11-30T18:29:59Z, @2026-11-30T18:30Z -> RESOLVED 80 PERIOD_ENDED
            quarter-hour offset                        | Asia/Kathmandu | 800 -> OPEN 80, @2026-11-30T18:14:59Z, @2026-11-30T18:15Z -> RESOLVED 80 PERIOD_ENDED
            last figures reach a further threshold     | UTC | @2026-11-30T23:00Z, 800 -> OPEN 80, month=2026-12, @2026-12-01T00:00Z, month=2026-11, 1000 -> RESOLVED 80 SUPERSEDED + OPEN 100 + RESOLVED 100 PERIOD_ENDED
            late correction upwards after the close    | UTC | 800 -> OPEN 80, @2026-12-05T00:00Z -> RESOLVED 80 PERIOD_ENDED, 999.999999, 1000 -> OPEN 100 + RESOLVED 100 PERIOD_ENDED, 1100
            late correction downwards after the close  | UTC | 800 -> OPEN 80, @2026-12-05T00:00Z -> RESOLVED 80 PERIOD_ENDED, 700, 800
            changed after the close                    | UTC | 800 -> OPEN 80, @2026-12-05T00:00Z -> RESOLVED 80 PERIOD_ENDED, amount=100, 5000
            changed after the end, before the verdict  | UTC | 800 -> OPEN 80, month=2026-12, @2026-12-01T00:00Z, amount=100, month=2026-11, again -> RESOLVED 80 PERIOD_ENDED
            period that ended before the budget        | UTC | month=2026-10, 5000, 6000
            restart                                    | UTC | 800 -> OPEN 80, restart, again, 900, restart, 1000 -> RESOLVED 80 SUPERSEDED + OPEN 100
            restart after a correction                 | UTC | 800 -> OPEN 80, 700 -> RESOLVED 80 BELOW_THRESHOLD, restart, 800
            restart across the end                     | UTC | 800 -> OPEN 80, restart, @2026-12-02T00:00Z -> RESOLVED 80 PERIOD_ENDED, restart, again
            impressions, one below                     | UTC | unit=impressions, 499999, 500000 -> OPEN 50 v2
            impressions in an account without a plan   | UTC | unit=impressions, XXX, 1000000 -> OPEN 100 v2
            from money to impressions                  | UTC | 800 -> OPEN 80, unit=impressions -> RESOLVED 80 BUDGET_CHANGED, 900000 -> OPEN 80 v2
            currency mismatch                          | UTC | EUR, 5000 -> PROBLEM, again -> PROBLEM
            no price plan                              | UTC | XXX, 0 -> PROBLEM
            mismatch holds what is open                | UTC | 800 -> OPEN 80, EUR, 0 -> PROBLEM, USD, 1000 -> RESOLVED 80 SUPERSEDED + OPEN 100
            mismatch until the end                     | UTC | 800 -> OPEN 80, EUR, 0 -> PROBLEM, @2026-12-01T00:00Z -> RESOLVED 80 PERIOD_ENDED + PROBLEM
            budget that breaks the rules               | UTC | 800 -> OPEN 80, amount=0 -> RESOLVED 80 BUDGET_CHANGED + PROBLEM, amount=1000 -> OPEN 80 v3
            project, exactly at a threshold            | UTC | scope=PROJECT, 499.999999, 500 -> OPEN 50 v2
            project, jump over three                   | UTC | scope=PROJECT, 1000 -> OPEN 100 v2
            project, impressions exactly at one        | UTC | unit=impressions, scope=PROJECT, 499999, 500000 -> OPEN 50 v3
            project, impressions jump over several     | UTC | unit=impressions, scope=PROJECT, 500000 -> OPEN 50 v3, 3210000 -> RESOLVED 50 v3 SUPERSEDED + OPEN 300 v3
            experiment, exactly at a threshold         | UTC | scope=EXPERIMENT, 799.999999 -> OPEN 50 v2, 800 -> RESOLVED 50 v2 SUPERSEDED + OPEN 80 v2
            experiment, jump over three                | UTC | scope=EXPERIMENT, 2000 -> OPEN 200 v2
            experiment, impressions exactly at one     | UTC | unit=impressions, scope=EXPERIMENT, 999999 -> OPEN 80 v3, 1000000 -> RESOLVED 80 v3 SUPERSEDED + OPEN 100 v3
            experiment, impressions jump over three    | UTC | unit=impressions, scope=EXPERIMENT, 1000000 -> OPEN 100 v3
            from account to project                    | UTC | 800 -> OPEN 80, scope=PROJECT -> RESOLVED 80 BUDGET_CHANGED + OPEN 80 v2
            forecast, its actual threshold is reached  | UTC | forecast=100, expected=1100 -> FORECAST OPEN 100 v2, 999.999999 -> OPEN 80 v2, 1000 -> RESOLVED 80 v2 SUPERSEDED + OPEN 100 v2 + FORECAST RESOLVED 100 v2 SUPERSEDED
            forecast comes true, no actual as high     | UTC | percents=50, forecast=100, expected=1100 -> FORECAST OPEN 100 v3, 999.999999 -> OPEN 50 v3, 1000 -> FORECAST RESOLVED 100 v3 SUPERSEDED, expected=1500, again
            forecast comes true, no actual at all      | UTC | percents=none, forecast=80+100, expected=900 -> FORECAST OPEN 80 v3, 799.999999, 800 -> FORECAST RESOLVED 80 v3 SUPERSEDED, expected=1000 -> FORECAST OPEN 100 v3, 1000 -> FORECAST RESOLVED 100 v3 SUPERSEDED
            forecast comes true by impressions         | UTC | unit=impressions, percents=50, forecast=100, expected=1000000 -> FORECAST OPEN 100 v4, 999999 -> OPEN 50 v4, 1000000 -> FORECAST RESOLVED 100 v4 SUPERSEDED
            forecast comes true for a project          | UTC | scope=PROJECT, percents=50, forecast=120, expected=1200 -> FORECAST OPEN 120 v4, 1199.999999 -> OPEN 50 v4, 1200 -> FORECAST RESOLVED 120 v4 SUPERSEDED
            forecast leapt over, no actual as high     | UTC | percents=50, forecast=100, 1500 -> OPEN 50 v3, expected=3000 -> FORECAST OPEN 100 v3 + FORECAST RESOLVED 100 v3 SUPERSEDED, again, expected=4000
            forecast leapt over, actual told of it     | UTC | forecast=100, 1500 -> OPEN 100 v2, expected=3000
            forecast came true, then corrected         | UTC | percents=50, forecast=100, expected=1100 -> FORECAST OPEN 100 v3, 1000 -> OPEN 50 v3 + FORECAST RESOLVED 100 v3 SUPERSEDED, 900, expected=1000
            forecast falls before it comes true        | UTC | percents=50, forecast=100, expected=1000 -> FORECAST OPEN 100 v3, expected=949.999999 -> FORECAST RESOLVED 100 v3 BELOW_THRESHOLD, 1000 -> OPEN 50 v3
            forecast until the period ends             | UTC | percents=50, forecast=100, expected=1100 -> FORECAST OPEN 100 v3, @2026-12-01T00:00Z -> FORECAST RESOLVED 100 v3 PERIOD_ENDED, 1000 -> OPEN 50 v3 + RESOLVED 50 v3 PERIOD_ENDED
            percentage beyond 32 bits, spend near 63    | UTC | 9000000000000 -> OPEN 2147483600
            """)
    void says(String name, String zone, String course) {
        // when
        var first = BudgetCourse.of(zone, course);
        var replayed = BudgetCourse.of(zone, course);
        var restartedAfterEach = BudgetCourse.of(zone, first.told().replace(",", ", restart,"));

        // then
        assertThat(first.told()).as(name).isEqualTo(course);
        assertThat(replayed.alerts()).as("replayed").isEqualTo(first.alerts());
        assertThat(restartedAfterEach.alerts()).as("restarted").isEqualTo(first.alerts());
    }
}
