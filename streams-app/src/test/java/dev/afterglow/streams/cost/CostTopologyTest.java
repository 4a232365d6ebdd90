package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.UsageMessage;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.streams.testkit.FakeAccounts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CostTopologyTest {

    private final CostBench cost = new CostBench();

    @AfterEach
    void close() {
        cost.close();
    }

    @Test
    void publishesSharesAndTotalUnderTheirKeys() {
        // given
        cost.accounts.add(FakeAccounts.plan("acme", 1, 10));
        cost.use("a/b", 5, 2);
        cost.use("checkout", 7, 0);

        // when
        cost.publish();

        // then
        assertThat(cost.driver.read(cost.topics.costs()))
                .extracting(
                        TestRecord::key,
                        record -> record.value().getCostMicros(),
                        record -> record.value().getWastedMicros())
                .containsExactly(
                        tuple("acme/2026-11/shop/production/a%2Fb", 50L, 20L),
                        tuple("acme/2026-11/shop/production/checkout", 70L, 0L));
        assertThat(cost.driver.read(cost.topics.accountCosts())).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("acme/2026-11");
            assertThat(record.value().getCostMicros()).isEqualTo(120);
            assertThat(record.value().getWastedMicros()).isEqualTo(20);
            assertThat(record.value().getImpressions()).isEqualTo(12);
            assertThat(record.value().getRevision()).isEqualTo(1);
        });
    }

    @Test
    void takesUsageThatAnEarlierReleaseSentOneByOne() {
        // given
        var usage = new ExperimentUsage(
                "acme", "shop", "production", "checkout", null, List.of(new UsageQuarter(CostBench.NOON, 5L, 0L)));

        // when
        cost.driver.pipe(cost.topics.usage(), "acme", new UsageMessage(usage));
        cost.publish();

        // then
        assertThat(cost.costs()).extracting(ExperimentCost::getImpressions).containsExactly(5L);
    }

    @Test
    void publishesOnceForAnIntervalAndOnlyWhatChanged() {
        // given
        cost.accounts.add(FakeAccounts.plan("acme", 1, 10));
        cost.use("a", 5, 0);
        cost.use("b", 5, 0);
        cost.publish();
        cost.costs();
        cost.accountCosts();

        // when
        cost.use("a", 1, 0);
        cost.use("a", 1, 0);
        cost.publish();
        cost.publish();

        // then
        assertThat(cost.costs())
                .extracting(ExperimentCost::getExperiment, ExperimentCost::getImpressions)
                .containsExactly(tuple("a", 7L));
        assertThat(cost.accountCosts()).extracting(AccountCost::getRevision).containsExactly(2L);
    }

    @Test
    void pricesAnewWhenThePlanArrivesAfterTheUsage() {
        // given
        cost.use("checkout", 5, 0);
        cost.publish();
        assertThat(cost.accountCosts()).extracting(AccountCost::getCurrency).containsExactly("XXX");

        // when
        cost.accounts.add(FakeAccounts.plan("acme", 1, 10));
        cost.publish();

        // then
        assertThat(cost.accountCosts()).singleElement().satisfies(account -> {
            assertThat(account.getCostMicros()).isEqualTo(50);
            assertThat(account.getCurrency()).isEqualTo("USD");
            assertThat(account.getUnpricedImpressions()).isZero();
        });
    }

    @Test
    void movesUsageToTheMonthOfAnotherZone() {
        // given
        var turn = Instant.parse("2026-11-30T23:00:00Z");
        cost.use("checkout", "growth", new UsageQuarter(turn, 5L, 0L));
        cost.publish();
        cost.accountCosts();

        // when
        cost.accounts.add(FakeAccounts.plan("acme", 1, 10).setZone("Asia/Tokyo"));
        cost.publish();

        // then
        assertThat(cost.accountCosts())
                .extracting(AccountCost::getPeriod, AccountCost::getCostMicros)
                .containsExactly(tuple("2026-11", 0L), tuple("2026-12", 50L));
    }

    @Test
    void publishesASharePerTeamWhenTheTeamChanges() {
        // given
        cost.use("checkout", 5, 0);
        cost.publish();
        cost.costs();

        // when there is nothing new but the team
        cost.use("checkout", "payments");
        cost.publish();

        // then
        assertThat(cost.costs())
                .extracting(ExperimentCost::getTeam, ExperimentCost::getPeriod)
                .containsExactly(tuple("payments", "2026-11"));
    }

    @Test
    void publishesNothingForAMonthWithoutUsage() {
        // given
        cost.watermark(NOON);

        // when history of a team is loaded
        cost.use("checkout", "growth", new UsageQuarter(Instant.parse("2019-11-24T00:00:00Z"), 5L, 0L));
        cost.publish();

        // then
        assertThat(cost.accountCosts()).extracting(AccountCost::getPeriod).containsExactly("2019-11");
    }

    @Test
    void reportsTheWatermarkWhenEverythingBeforeItIsPublished() {
        // given
        cost.use("checkout", 5, 0);
        cost.watermark(NOON);
        assertThat(cost.driver.read(cost.topics.progress())).isEmpty();

        // when
        cost.publish();
        cost.publish();

        // then
        assertThat(cost.driver.read(cost.topics.progress())).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("cost/0");
            assertThat(record.value().getWatermark()).isEqualTo(NOON);
        });
    }

    @Test
    void deadLettersAPricePlanThatCannotBeUsedAndAnyRubbish() {
        // when
        PricePlan wrong = FakeAccounts.plan("acme", 1, 10).setTiers(List.of()).build();
        cost.driver.pipe(cost.topics.pricePlans(), "acme", wrong);
        cost.driver.pipeRaw(cost.topics.budgets(), new byte[0], new byte[] {1, 2, 3});
        cost.driver.pipe(
                cost.topics.pricePlans(),
                "acme",
                FakeAccounts.plan("acme", 1, 10).build());

        // then
        assertThat(cost.driver.readRaw(cost.topics.deadLetters()))
                .extracting(letter -> header(letter, "afterglow.topic"), letter -> header(letter, "afterglow.reason"))
                .containsExactly(tuple("t.price-plans", "INVALID"), tuple("t.budgets", "WRONG_MAGIC"));
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
