package dev.afterglow.streams.transactions;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks the brokers about transactions. */
final class BrokerTransactions {

    private static final long ANSWER_WITHIN_S = 30;

    private final Admin admin;

    BrokerTransactions(Admin admin) {
        this.admin = admin;
    }

    /** Where readers of committed records stop though more was written: the offset, by partition. */
    Map<TopicPartition, Long> heldUp(Predicate<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        var partitions = partitions(topics);
        var stable = ends(partitions, IsolationLevel.READ_COMMITTED);
        var ends = ends(partitions, IsolationLevel.READ_UNCOMMITTED);
        stable.entrySet().removeIf(entry -> entry.getValue() >= ends.getOrDefault(entry.getKey(), 0L));
        return stable;
    }

    /** The transactions that partitions hold for open. */
    List<OpenTransaction> open(Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (partitions.isEmpty()) {
            return List.of();
        }
        return answer(admin.describeProducers(partitions).all()).entrySet().stream()
                .flatMap(entry -> entry.getValue().activeProducers().stream()
                        .filter(producer ->
                                producer.currentTransactionStartOffset().isPresent())
                        .map(producer -> new OpenTransaction(entry.getKey(), producer)))
                .toList();
    }

    /** What the coordinator knows of the transaction of a producer. */
    Optional<TransactionDescription> coordinated(long producerId)
            throws ExecutionException, InterruptedException, TimeoutException {
        var options = new ListTransactionsOptions().filterProducerIds(List.of(producerId));
        var ids = answer(admin.listTransactions(options).all()).stream()
                .map(TransactionListing::transactionalId)
                .toList();
        return ids.isEmpty()
                ? Optional.empty()
                : answer(admin.describeTransactions(ids).all()).values().stream()
                        .filter(known -> known.producerId() == producerId)
                        .findAny();
    }

    private List<TopicPartition> partitions(Predicate<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        var names = answer(admin.listTopics().names()).stream().filter(topics).toList();
        return answer(admin.describeTopics(names).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions, IsolationLevel level)
            throws ExecutionException, InterruptedException, TimeoutException {
        var request =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        answer(admin.listOffsets(request, new ListOffsetsOptions(level)).all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(ANSWER_WITHIN_S, TimeUnit.SECONDS);
    }
}
