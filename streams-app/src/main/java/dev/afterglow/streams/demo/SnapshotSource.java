package dev.afterglow.streams.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks the API for what the live view shows. Not for several threads. */
final class SnapshotSource implements Supplier<Snapshot> {

    private final Addresses addresses;
    private final DemoProgress progress;
    private final ApiClient api;
    private final ApiReader reader;
    private final Clock clock;
    private final Instant started;
    private Instant lastAt;
    private long lastReceived;
    private long perSecond;

    SnapshotSource(Addresses addresses, DemoProgress progress, ApiClient api, Clock clock) {
        this.addresses = addresses;
        this.progress = progress;
        this.api = api;
        this.reader = new ApiReader(api);
        this.clock = clock;
        this.started = clock.instant();
        this.lastAt = started;
    }

    @Override
    public Snapshot get() {
        return new Snapshot(
                addresses,
                progress.phase(),
                Duration.between(started, clock.instant()),
                progress.sent(),
                progress.planned(),
                pipeline());
    }

    /** A view that cannot see shows less; that is no reason to end the run. */
    private Optional<Snapshot.Pipeline> pipeline() {
        try {
            var ledger = ApiReader.conservation(api.get("conservation"));
            var status = api.get("status");
            measure(ledger.received());
            return Optional.of(new Snapshot.Pipeline(
                    ledger,
                    perSecond,
                    status.path("watermark").asText("-"),
                    sum(status.path("lag")),
                    status.path("settled").asBoolean(false),
                    top(),
                    reader.alerts("open"),
                    costs()));
        } catch (ApiException e) {
            return Optional.empty();
        }
    }

    private void measure(long received) {
        var now = clock.instant();
        var millis = Duration.between(lastAt, now).toMillis();
        if (millis > 0) {
            perSecond = Math.max(0, received - lastReceived) * 1_000 / millis;
            lastAt = now;
            lastReceived = received;
        }
    }

    private List<Snapshot.Row> top() {
        var rows = new ArrayList<Snapshot.Row>();
        for (var node : api.get("experiments").path("experiments")) {
            rows.add(new Snapshot.Row(
                    node.path("project").asText()
                            + '/'
                            + node.path("environment").asText()
                            + '/'
                            + node.path("experiment").asText(),
                    node.path("impressions").asLong(),
                    node.path("status").asText("")));
        }
        rows.sort(
                Comparator.comparingLong(Snapshot.Row::impressions).reversed().thenComparing(Snapshot.Row::experiment));
        return rows;
    }

    private List<String> costs() {
        var lines = new ArrayList<String>();
        for (var plan : new Accounts(started).plans(0)) {
            var period = YearMonth.from(clock.instant().atZone(ZoneId.of(plan.getZone())));
            cost(plan.getAccount(), period).ifPresent(lines::add);
        }
        return lines;
    }

    private Optional<String> cost(String account, YearMonth period) {
        return reader.bill(account, period)
                .map(bill -> "%s %s in %s, wasted %s"
                        .formatted(
                                account,
                                Amounts.money(bill.costMicros(), bill.currency()),
                                period,
                                Amounts.money(bill.wastedMicros(), bill.currency())));
    }

    /** The lag is given by stage, and may go deeper, by partition. */
    private static long sum(JsonNode lag) {
        if (lag.isNumber()) {
            return Math.max(0, lag.asLong());
        }
        var sum = 0L;
        for (var part : lag) {
            sum += sum(part);
        }
        return sum;
    }
}
