package dev.afterglow.streams.intake;

import static dev.afterglow.streams.intake.IntakeBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.streams.testkit.Events;
import dev.afterglow.streams.testkit.FakePolicies;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, every evaluation of it is accounted for once, and what is counted is what is handed on. */
class IntakeConservationTest {

    private static final int RECORDS = 600;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 7, 2026})
    void accountsForEveryEvaluationAfterEachFlush(long seed) {
        var random = new Random(seed);
        try (var intake = new IntakeBench()) {
            // given
            intake.policies.add(FakePolicies.shop(1)
                    .setCountedEnvironments(List.of("production"))
                    .setCountingPolicy(CountingPolicy.values()[1 + random.nextInt(4)]));
            long received = 0;
            long handedOn = 0;
            for (int i = 0; i < RECORDS; i++) {
                // when
                received += send(intake, random);
                if (random.nextInt(20) == 0 || i == RECORDS - 1) {
                    handedOn += IntakeBench.sum(intake.flushDeltas());

                    // then
                    var ledger = intake.ledger();
                    assertThat(accountedFor(ledger))
                            .describedAs("seed %d, record %d: %s", seed, i, ledger)
                            .isEqualTo(ledger.getReceived())
                            .isEqualTo(received);
                    assertThat(handedOn)
                            .describedAs("seed %d, record %d: handed on", seed, i)
                            .isEqualTo(ledger.getCounted());
                    assertThat(ledger.getNextOffset()).isEqualTo(intake.sent());
                }
            }
        }
    }

    /** Sends anything; gives its weight. */
    private static long send(IntakeBench intake, Random random) {
        if (random.nextInt(10) == 0) {
            var rubbish = new byte[random.nextInt(40)];
            random.nextBytes(rubbish);
            intake.sendRaw(rubbish);
            return 1;
        }
        var event = Events.event("id-" + random.nextInt(300), NOON.minusSeconds(random.nextInt(6_000_000)))
                .setUnit("unit-" + random.nextInt(5))
                .setVariant(random.nextInt(30) == 0 ? "" : "v" + random.nextInt(2))
                .setEnvironment(random.nextInt(6) == 0 ? "staging" : "production")
                .setPageView(random.nextInt(8) == 0 ? null : "p" + random.nextInt(30))
                .setSession(random.nextInt(8) == 0 ? null : "s" + random.nextInt(30))
                .setBackfill(random.nextBoolean())
                .setCount(random.nextInt(4) == 0 ? random.nextInt(40) - 5 : 1);
        if (random.nextInt(15) == 0) {
            event.setOccurredAt(NOON.plus(Duration.ofHours(1 + random.nextInt(100))));
        }
        intake.send(event);
        return Math.max(1, event.getCount());
    }

    private static long accountedFor(IntakeLedger ledger) {
        return ledger.getCounted()
                + ledger.getDuplicate()
                + sum(ledger.getExcluded().values())
                + sum(ledger.getDeadLettered().values());
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
