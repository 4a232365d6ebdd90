package dev.afterglow.streams.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.streams.audit.Audit;
import dev.afterglow.streams.audit.AuditRange;
import dev.afterglow.streams.audit.AuditReport;
import dev.afterglow.streams.cli.AuditCommand;
import dev.afterglow.streams.cli.CliErrors;
import dev.afterglow.streams.client.Connection;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@ExtendWith(SharedCluster.class)
@SuppressWarnings("try") // A service does its work by being there.
class AuditIT {

    private static final int EVENTS = 3_000;

    private static final String POLICIES = """
            projects:
              - {project: shop, account: acme}
              - {project: pages, account: acme, countingPolicy: page-impression}
              - {project: visits, account: acme, countingPolicy: session-exposure}
              - {project: daily, account: acme, countingPolicy: daily-unique, countedEnvironments: [production]}
            """;

    @TempDir
    Path directory;

    @Test
    void agreesWithThePipelineWhateverComes(EmbeddedCluster cluster) throws Exception {
        // given
        var stand = new Stand(cluster, directory);
        try (var service = stand.start("one")) {
            sendEverything(stand);

            // when
            var report = audit(stand);

            // then
            assertThat(report.differences()).isEmpty();
            assertThat(report.coveredFrom()).isEmpty();
            assertThat(totals(report))
                    .containsEntry("duplicate", EVENTS / 2L + 1 + 4)
                    .containsEntry("conflicts", 1L)
                    .containsEntry("dead-lettered FUTURE", 3L)
                    .containsEntry("dead-lettered TOO_LATE", 1L)
                    .containsEntry("dead-lettered INVALID", 2L)
                    .containsEntry("dead-lettered WRONG_MAGIC", 2L)
                    .containsEntry("dead-lettered UNDECODABLE", 1L)
                    .containsEntry("excluded ENVIRONMENT", 1L)
                    .containsEntry("excluded REPEAT", 2L + 3 + 9)
                    .containsEntry("counted", EVENTS + 1L + 1 + 5 + 5 + 2 + 2 + 1);
        }
    }

    @Test
    void agreesWhileEventsKeepComing(EmbeddedCluster cluster) throws Exception {
        // given
        var stand = new Stand(cluster, directory);
        try (var service = stand.start("one");
                var sender = stand.sender();
                var load = Load.start(sender, Traffic.recent(Instant.now()), 500)) {
            load.burst(2_000);

            // when
            var first = audit(stand);
            var second = audit(stand);
            load.stop();

            // then
            assertThat(first.differences()).isEmpty();
            assertThat(second.differences()).isEmpty();
            assertThat(totals(second).get("duplicate")).isPositive();
        }
    }

    @Test
    void namesACountThatIsWrong(EmbeddedCluster cluster) throws Exception {
        // given
        var stand = new Stand(cluster, directory);
        var traffic = Traffic.recent(Instant.now());
        try (var service = stand.start("one");
                var sender = stand.sender()) {
            sender.send(traffic, 0, EVENTS);
            sender.await();
            audit(stand);
            var honest = newestCount(stand);
            publish(stand, honest, changed(honest.value()));

            // when
            var result = command(cluster, stand);

            // then
            assertThat(result.out())
                    .contains("COUNT  " + honest.key() + " EVALUATION", "(revision ", "Differences: 1")
                    .doesNotContain("REVISION");
            assertThat(result.code()).isEqualTo(1);
        }
    }

    @Test
    void namesTheHoursWhoseArrivalsAreLeftAndRefusesMore(EmbeddedCluster cluster) throws Exception {
        // given
        var stand = new Stand(cluster, directory);
        var traffic = Traffic.recent(Instant.now());
        try (var service = stand.start("one");
                var sender = stand.sender()) {
            sender.send(traffic, 0, EVENTS);
            sender.await();
            audit(stand);
            loseBeginning(cluster, stand);

            // when
            var covered = command(cluster, stand);
            var refused = command(cluster, stand, "--from=" + traffic.newestHour());

            // then
            assertThat(covered.out())
                    .contains("The log has lost its beginning", "under EVALUATION", "the ledger cannot be compared");
            assertThat(covered.code()).isZero();
            assertThat(refused.err()).contains("not every arrival of these hours is still in the log: give --from");
            assertThat(refused.code()).isEqualTo(2);
        }
    }

    @Test
    void saysWhatItWaitsForWhenNothingCounts(EmbeddedCluster cluster) throws Exception {
        // given
        var stand = new Stand(cluster, directory);
        stand.start("one").close();
        try (var sender = stand.sender()) {
            sender.send(Traffic.recent(Instant.now()), 0, 10);
            sender.await();
        }

        // when
        var result = command(cluster, stand, "--timeout=1s");

        // then
        assertThat(result.err())
                .contains("the pipeline has not settled within 1 s; is 'afterglow run' running?")
                .contains("of the events is counted up to offset 0");
        assertThat(result.code()).isEqualTo(2);
    }

    private static void sendEverything(Stand stand) throws Exception {
        stand.apply(POLICIES);
        var now = Instant.now();
        var traffic = Traffic.recent(now);
        try (var sender = stand.sender()) {
            sender.send(traffic, 0, EVENTS);
            sender.send(traffic, 0, EVENTS / 2);
            sender.send(changed(traffic.event(3)).setVariant("b").build());
            sender.send(event("late", now.minus(Duration.ofDays(50))).build());
            sender.send(event("too-late", now.minus(Duration.ofDays(70))).build());
            sender.send(event("history", now.minus(Duration.ofDays(700)))
                    .setBackfill(true)
                    .build());
            sender.send(
                    event("future", now.plus(Duration.ofHours(1))).setCount(3).build());
            sender.send(event("weightless", now).setCount(0).build());
            sendUnderPolicies(sender, now);
            sendRubbish(sender, event("broken", now).build());
            sender.await();
        }
    }

    private static void sendUnderPolicies(Sender sender, Instant now) throws Exception {
        // A first policy does not hold in the hour in which it arrived.
        var before = now.minus(Duration.ofDays(2));
        for (var page : List.of("p1", "p2", "p1", "p1", "p3", "p4", "p5")) {
            sender.send(event("pages", before)
                    .setId("page-" + System.nanoTime())
                    .setProject("pages")
                    .setPageView(page)
                    .build());
        }
        sender.send(event("no-page", before).setProject("pages").build());
        for (int i = 0; i < 8; i++) {
            sender.send(event("visit-" + i, before.plusSeconds(i))
                    .setProject("visits")
                    .setSession("s" + i % 5)
                    .build());
        }
        sender.send(event("day-1", before).setProject("daily").setCount(10).build());
        sender.send(event("day-2", before.minus(Duration.ofDays(1)))
                .setProject("daily")
                .build());
        sender.send(event("elsewhere", before)
                .setProject("daily")
                .setEnvironment("staging")
                .build());
        // A project without a policy counts all of an event.
        sender.send(event("summed", now).setProject("unheard-of").setCount(2).build());
        sender.send(event("summed", now).setProject("unheard-of").setCount(2).build());
        sender.send(event("summed", now).setProject("unheard-of").setCount(2).build());
        sender.send(event("single", now).setProject("unheard-of").build());
    }

    private static void sendRubbish(Sender sender, EvaluationEvent event) {
        sender.send("u", "no avro".getBytes(StandardCharsets.UTF_8));
        sender.send("u", new byte[0]);
        var whole = sender.encode(event);
        sender.send("u", Arrays.copyOf(whole, whole.length - 3));
    }

    private static EvaluationEvent.Builder event(String id, Instant occurredAt) {
        return EvaluationEvent.newBuilder()
                .setId(id)
                .setProject("shop")
                .setEnvironment("production")
                .setExperiment("exp/1 100%")
                .setVariant("a/b")
                .setUnit("somebody")
                .setOccurredAt(occurredAt);
    }

    private static EvaluationEvent.Builder changed(EvaluationEvent event) {
        return EvaluationEvent.newBuilder(event);
    }

    private static ImpressionCount changed(ImpressionCount count) {
        return ImpressionCount.newBuilder(count)
                .setQuarters(List.of(
                        count.getQuarters().get(0) + 1,
                        count.getQuarters().get(1),
                        count.getQuarters().get(2),
                        count.getQuarters().get(3)))
                .setCount(count.getCount() + 1)
                .setRevision(count.getRevision() + 1)
                .build();
    }

    private static ConsumerRecord<String, ImpressionCount> newestCount(Stand stand) {
        var counts = stand.committed().records(stand.topics().impressions());
        return counts.get(counts.size() - 1);
    }

    private static void publish(Stand stand, ConsumerRecord<String, ImpressionCount> at, ImpressionCount forged)
            throws Exception {
        var topic = stand.topics().impressions();
        try (var connection = new Connection(stand.config("forger"));
                var producer = connection.producer(Map.of())) {
            producer.send(new ProducerRecord<>(
                            topic.name(), at.partition(), at.key(), connection.encode(topic, forged)))
                    .get();
        }
    }

    private static void loseBeginning(EmbeddedCluster cluster, Stand stand) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            var partition = new TopicPartition(stand.topics().evaluations().name(), 0);
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(10)))
                    .all()
                    .get();
        }
    }

    private static AuditReport audit(Stand stand) {
        try (var audit = new Audit(stand.config("audit"), Duration.ofMinutes(4), Clock.systemUTC(), line -> {})) {
            return audit.run(AuditRange.ALL);
        }
    }

    private static Map<String, Long> totals(AuditReport report) {
        return report.partitions().stream()
                .flatMap(partition -> partition.recounted().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum));
    }

    private record Result(int code, String out, String err) {}

    private static Result command(EmbeddedCluster cluster, Stand stand, String... more) {
        var out = new StringWriter();
        var err = new StringWriter();
        var line = new CommandLine(new AuditCommand(Clock.systemUTC()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(new CliErrors());
        var arguments = new ArrayList<>(List.of(
                "--bootstrap-servers=" + cluster.bootstrapServers(),
                "--schema-registry-url=" + cluster.schemaRegistryUrl(),
                "--topic-prefix=" + stand.topics().prefix()));
        arguments.addAll(List.of(more));
        int code = line.execute(arguments.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }
}
