package dev.afterglow.streams.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.UsageBatch;
import dev.afterglow.state.UsageMessage;
import dev.afterglow.state.UsageQuarter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UsageMessagesTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    private final Map<String, List<UsageMessage>> sent = new TreeMap<>();
    private final UsageMessages messages = new UsageMessages((account, message) ->
            sent.computeIfAbsent(account, none -> new ArrayList<>()).add(message));

    @Test
    void packsManyExperimentsOfAnAccountTogetherInTheirOrder() {
        // given
        var first = usage("acme", "a", 4);
        var other = usage("zeta", "b", 4);
        var second = usage("acme", "c", 4);

        // when
        messages.add(first);
        messages.add(other);
        messages.add(second);
        messages.finish();

        // then
        assertThat(sent)
                .containsOnly(
                        Map.entry("acme", List.of(new UsageMessage(new UsageBatch(List.of(first, second))))),
                        Map.entry("zeta", List.of(new UsageMessage(new UsageBatch(List.of(other))))));
    }

    @Test
    void sendsAMessageThatIsLargeAtOnceAndNothingTwice() {
        // given
        var large = usage("acme", "a", 2_000);
        var small = usage("acme", "b", 1);

        // when
        messages.add(large);
        messages.add(small);
        messages.finish();
        messages.finish();

        // then
        assertThat(sent.get("acme"))
                .extracting(message -> ((UsageBatch) message.getBody()).getUsages())
                .containsExactly(List.of(large), List.of(small));
    }

    private static ExperimentUsage usage(String account, String experiment, int quarters) {
        return new ExperimentUsage(
                account,
                "shop",
                "production",
                experiment,
                null,
                Collections.nCopies(quarters, new UsageQuarter(NOON, 1L, 0L)));
    }
}
