package dev.afterglow.streams.cost;

import dev.afterglow.alerts.money.PeriodClose;
import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.UsageBatch;
import dev.afterglow.state.UsageMessage;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.state.Watermark;
import dev.afterglow.streams.testkit.FakeAccounts;
import dev.afterglow.streams.testkit.MockSerdes;
import dev.afterglow.streams.testkit.StageDriver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The topology of cost, fed as clean-up feeds it. */
final class CostBench implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    final Topics topics = new Topics("t.");
    final MockSerdes serdes = new MockSerdes();
    final FakeAccounts accounts = new FakeAccounts();
    final StageDriver driver;

    CostBench() {
        var topology = new CostTopology(
                topics,
                serdes,
                accounts,
                1,
                Duration.ofSeconds(10),
                new PeriodClose(Duration.ofDays(62), Duration.ofMinutes(15)),
                Clock.fixed(NOON, ZoneOffset.UTC));
        driver = new StageDriver(topology::toTopology, serdes, NOON);
    }

    void use(String experiment, long impressions, long leftover) {
        use(experiment, "growth", new UsageQuarter(NOON, impressions, leftover));
    }

    /** Impressions of a quarter-hour, counted from noon on. */
    void use(int quarter, long impressions) {
        use("checkout", "growth", new UsageQuarter(minute(15L * quarter), impressions, 0L));
    }

    void use(String experiment, String team, UsageQuarter... quarters) {
        var usage = new ExperimentUsage("acme", "shop", "production", experiment, team, List.of(quarters));
        driver.pipe(topics.usage(), "acme", new UsageMessage(new UsageBatch(List.of(usage))));
    }

    void watermark(Instant readUpTo) {
        driver.pipe(topics.usage(), null, new UsageMessage(new Watermark(0, readUpTo)));
    }

    /** Until all that a watermark makes complete is judged: that may take several turns. */
    void judge(Instant readUpTo) {
        watermark(readUpTo);
        publish();
        for (int turn = 0; turn < 5; turn++) {
            driver.advance(Duration.ofMillis(10));
        }
    }

    /** The same until a minute after noon. */
    void reach(long minute) {
        judge(minute(minute));
    }

    static Instant minute(long afterNoon) {
        return NOON.plus(Duration.ofMinutes(afterNoon));
    }

    void publish() {
        driver.advance(Duration.ofSeconds(10));
    }

    List<ExperimentCost> costs() {
        return driver.values(topics.costs());
    }

    List<AccountCost> accountCosts() {
        return driver.values(topics.accountCosts());
    }

    List<CostAlert> alerts() {
        return driver.values(topics.costAlerts());
    }

    @Override
    public void close() {
        driver.close();
    }
}
