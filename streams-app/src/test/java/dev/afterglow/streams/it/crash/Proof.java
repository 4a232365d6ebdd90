package dev.afterglow.streams.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.schemas.topic.ImpressionKey;
import dev.afterglow.streams.it.Committed;
import dev.afterglow.streams.it.Load;
import dev.afterglow.streams.it.Stand;
import dev.afterglow.streams.it.Traffic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a stopped pipeline has committed, read by a consumer of the test's own and held against arithmetic on the numbers
 * of the events. Every record counts, not the newest of a key alone: what is seen in between is seen by subscribers too.
 */
final class Proof {

    private final Stand stand;
    private final Committed committed;
    private final String when;

    Proof(Stand stand, Plan plan) {
        this.stand = stand;
        this.committed = stand.committed();
        this.when = plan.name() + ", seed " + plan.seed();
    }

    /** Fails unless the events below a number, and their repeats, were accounted for once each. */
    void of(Traffic traffic, long events) {
        countsMustBe(traffic.countsOf(events));
        ledgersMustSay(events, Load.repeatsAmong(events));
        assertThat(committed.raw(stand.topics().deadLetters()))
                .as("dead letters, %s", when)
                .isEmpty();
        alertsMustBeSaidOnce();
        new Bills(committed, stand.topics(), when).mustAddUp();
    }

    private void countsMustBe(Map<ImpressionKey, Long> expected) {
        var published = byKey(committed.records(stand.topics().impressions()));
        published.forEach((key, counts) -> {
            assertThat(counts)
                    .as("revisions of %s, %s", key, when)
                    .extracting(ImpressionCount::getRevision)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, counts.size()).boxed().toList());
            assertThat(counts)
                    .as("counts of %s, %s", key, when)
                    .extracting(ImpressionCount::getCount)
                    .isSorted();
        });
        assertThat(newest(published, ImpressionCount::getCount))
                .as("counts, %s", when)
                .isEqualTo(expected.entrySet().stream()
                        .collect(Collectors.toMap(cell -> cell.getKey().toString(), Map.Entry::getValue)));
    }

    private void ledgersMustSay(long events, long repeats) {
        var pages = byKey(committed.records(stand.topics().intakeLedger()));
        pages.values().forEach(page -> page.forEach(this::mustBalance));
        assertThat(List.of(
                        total(pages, IntakeLedger::getReceived),
                        total(pages, IntakeLedger::getCounted),
                        total(pages, IntakeLedger::getDuplicate),
                        total(pages, IntakeLedger::getConflicts)))
                .as("received, counted, duplicate and conflicts of the ledgers, %s", when)
                .containsExactly(events + repeats, events, repeats, 0L);
    }

    private void mustBalance(IntakeLedger ledger) {
        assertThat(ledger.getReceived())
                .as("received of %s, %s", ledger, when)
                .isEqualTo(ledger.getCounted()
                        + ledger.getDuplicate()
                        + sum(ledger.getExcluded().values())
                        + sum(ledger.getDeadLettered().values()));
    }

    private void alertsMustBeSaidOnce() {
        var topics = stand.topics();
        var alerts = Stream.concat(
                        committed.values(topics.cleanupAlerts()).stream()
                                .map(alert -> alert.getAlertId() + ' ' + alert.getStatus()),
                        committed.values(topics.costAlerts()).stream()
                                .map(alert -> alert.getAlertId() + ' ' + alert.getStatus()))
                .toList();
        assertThat(alerts)
                .as("alerts, %s", when)
                .doesNotHaveDuplicates()
                .contains(
                        "LEFTOVER_ROLLOUT/shop/production/exp-0/-/1 ESCALATED",
                        "ZOMBIE_TRAFFIC/shop/production/exp-1/-/1 ESCALATED");
    }

    private static <V extends SpecificRecord> Map<String, List<V>> byKey(List<ConsumerRecord<String, V>> records) {
        var byKey = new LinkedHashMap<String, List<V>>();
        records.forEach(record ->
                byKey.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(record.value()));
        return byKey;
    }

    private static <V> Map<String, Long> newest(Map<String, List<V>> byKey, Function<V, Long> value) {
        var newest = new HashMap<String, Long>();
        byKey.forEach((key, values) -> newest.put(key, value.apply(values.get(values.size() - 1))));
        return newest;
    }

    private static long total(Map<String, List<IntakeLedger>> pages, ToLongFunction<IntakeLedger> value) {
        return sum(newest(pages, value::applyAsLong).values());
    }

    private static long sum(Collection<Long> values) {
        return values.stream().mapToLong(Long::longValue).sum();
    }
}
