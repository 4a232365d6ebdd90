package dev.afterglow.alerts.whatif;

import static dev.afterglow.alerts.whatif.Histories.day;
import static dev.afterglow.alerts.whatif.Histories.leftover;
import static dev.afterglow.alerts.whatif.Histories.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WhatIfTextTest {

    @Test
    void saysWhatChanges() {
        // given
        var whatIf = new WhatIf(day(40), 2);
        whatIf.add(leftover("a", "growth", 40), policy(14, 30), policy(7, 30));
        whatIf.add(leftover("b", null, 10), policy(14, 30), policy(7, 30));
        whatIf.add(leftover("c", null, 10), policy(14, 30), policy(7, 30));

        // then
        assertThat(WhatIfText.lines(whatIf.answer(List.of("Mind this."))))
                .containsExactly(
                        "Replayed 3 experiments from 2026-10-01 00:00 to 2026-11-10 00:00 UTC, the range of the counts"
                                + " that are kept.",
                        "Mind this.",
                        "",
                        "in force -> changed  alerts  messages  pages  open now  critical now",
                        "all                  1 -> 3  2 -> 6    1      1         1",
                        "LEFTOVER_ROLLOUT     1 -> 3  2 -> 6    1      1         1",
                        "no team              0 -> 2  0 -> 4    0      0         0",
                        "team growth          1       2         1      1         1",
                        "",
                        "2 new, 1 earlier:",
                        "change   kind              experiment         team    opens                                 "
                                + "critical          ends",
                        "new      LEFTOVER_ROLLOUT  shop/production/b  -       2026-10-08 00:00                      "
                                + "-                 2026-10-12 00:00",
                        "earlier  LEFTOVER_ROLLOUT  shop/production/a  growth  2026-10-15 00:00 -> 2026-10-08 00:00  "
                                + "2026-10-31 00:00  -",
                        "and 1 more");
    }

    @Test
    void saysThatNothingChanges() {
        // given
        var whatIf = new WhatIf(day(40), 2);
        whatIf.add(leftover("a", "growth", 5), policy(14, 30), policy(7, 30));

        // then
        assertThat(WhatIfText.lines(whatIf.answer(List.of())))
                .startsWith("Replayed 1 experiment from 2026-10-01 00:00 to 2026-11-10 00:00 UTC, the range of the"
                        + " counts that are kept.")
                .endsWith("No alert changes.");
    }

    @Test
    void saysThatThereIsNothingToReplay() {
        assertThat(WhatIfText.lines(new WhatIf(day(40), 2).answer(List.of())))
                .startsWith("There is no traffic to replay.");
    }
}
