package dev.afterglow.streams.it.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** The transactions of a pipeline, as the broker knows them. */
final class Transactions {

    private static final Set<TransactionState> OPEN =
            Set.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);

    /** One whose owner never came back ends at its time-out, when the broker looks next. */
    private static final Duration LONGEST =
            Duration.ofMillis(Arena.TRANSACTION_MS + Arena.BROKER_LOOKS_EVERY_MS + 5_000L);

    private static final int ANSWERS_WITHIN_S = 30;

    private final Admin admin;
    private final String prefix;

    /** @param prefix what the names of the pipeline's topics and transactions begin with */
    Transactions(Admin admin, String prefix) {
        this.admin = admin;
        this.prefix = prefix;
    }

    /** Of a pipeline that has been stopped: no transaction is left open, and no reader is held up by one. */
    void noneMayBeOpen() {
        await("no transaction of " + prefix + " stays open")
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    assertThat(open()).as("open transactions").isEmpty();
                    // Also of those that the coordinator has forgotten, which no list names.
                    assertThat(ends(IsolationLevel.READ_COMMITTED))
                            .as("ends for readers of what is committed")
                            .isEqualTo(ends(IsolationLevel.READ_UNCOMMITTED));
                });
    }

    private List<String> open() throws Exception {
        var listed = admin.listTransactions(new ListTransactionsOptions().filterStates(OPEN));
        return listed.all().get(ANSWERS_WITHIN_S, TimeUnit.SECONDS).stream()
                .filter(transaction -> transaction.transactionalId().startsWith(prefix))
                .map(transaction -> transaction.transactionalId() + ' ' + transaction.state())
                .toList();
    }

    private Map<TopicPartition, Long> ends(IsolationLevel level) throws Exception {
        var names = admin.listTopics().names().get(ANSWERS_WITHIN_S, TimeUnit.SECONDS).stream()
                .filter(name -> name.startsWith(prefix))
                .toList();
        var asked =
                admin.describeTopics(names).allTopicNames().get(ANSWERS_WITHIN_S, TimeUnit.SECONDS).values().stream()
                        .flatMap(topic -> topic.partitions().stream()
                                .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                        .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(asked, new ListOffsetsOptions(level))
                .all()
                .get(ANSWERS_WITHIN_S, TimeUnit.SECONDS)
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }
}
