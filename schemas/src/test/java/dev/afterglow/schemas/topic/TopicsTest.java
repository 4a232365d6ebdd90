package dev.afterglow.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.schemas.topic.Topic.Encoding;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);

    @ParameterizedTest
    @CsvSource(textBlock = """
                    evaluations,       EvaluationEvent,      delete,           7
                    experiments,       ExperimentDefinition, delete,          -1
                    projects,          ProjectPolicy,        delete,          -1
                    price-plans,       PricePlan,            delete,          -1
                    budgets,           Budget,               delete,          -1
                    alert-actions,     AlertAction,          delete,         400
                    impressions,       ImpressionCount,      compact+delete,  90
                    costs,             ExperimentCost,       compact+delete, 400
                    account-costs,     AccountCost,          compact+delete, 400
                    cleanup-alerts,    CleanupAlert,         delete,          90
                    cost-alerts,       CostAlert,            delete,          90
                    operator-alerts,   OperatorAlert,        delete,          90
                    open-alerts,       OpenAlert,            compact,         -1
                    outcomes,          ExperimentOutcome,    compact,         -1
                    intake-ledger,     IntakeLedger,         compact,         -1
                    dead-letters,      byte[],               delete,          30
                    internal.deltas,   FlowMessage,          delete,          14
                    internal.traffic,  FlowMessage,          delete,          14
                    internal.usage,    UsageMessage,         delete,          14
                    internal.progress, Progress,             compact,         -1
                    """)
    void keepsEachTopicAsTheDesignSays(String name, String type, String cleanup, int days) {
        var topic = named(name);

        assertThat(topic.valueType().getSimpleName()).isEqualTo(type);
        assertThat(topic.config())
                .containsAllEntriesOf(Map.of(
                        "cleanup.policy",
                        cleanup.replace('+', ','),
                        "retention.ms",
                        days < 0 ? "-1" : Long.toString(Duration.ofDays(days).toMillis()),
                        "message.timestamp.type",
                        "LogAppendTime"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dead-letters", "internal.deltas", "internal.traffic", "internal.usage"})
    void leavesRoomForWhatIsLargerThanTheRecordItComesFrom(String name) {
        assertThat(named(name).config()).containsEntry("max.message.bytes", "20971520");
    }

    @Test
    void listsEveryTopicOfTheCatalogueOnce() {
        // given
        var methods = Arrays.stream(Topics.class.getDeclaredMethods())
                .filter(method -> method.getReturnType() == Topic.class && method.getParameterCount() == 0)
                .toList();
        // when
        List<Topic<?>> all = topics.all();
        // then
        assertThat(all).hasSameSizeAs(methods).hasSize(20);
        assertThat(all).extracting(Topic::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"afterglow.", "staging.afterglow-", "''"})
    void putsThePrefixBeforeEveryName(String prefix) {
        var names = new Topics(prefix).all().stream().map(Topic::name).toList();

        assertThat(names).allMatch(name -> name.startsWith(prefix));
        assertThat(names).contains(prefix + "evaluations", prefix + "internal.deltas");
    }

    @Test
    void namesAreLegalInKafka() {
        assertThat(topics.all()).extracting(Topic::name).allMatch(name -> name.matches("[a-zA-Z0-9._-]{1,249}"));
    }

    @Test
    void registersContractsAndKeepsItsOwnMessagesOutOfTheRegistry() {
        assertThat(topics.all()).allSatisfy(topic -> {
            var expected = topic.valueType() == byte[].class
                    ? Encoding.RAW
                    : topic.name().contains("internal.") ? Encoding.INTERNAL : Encoding.REGISTERED;
            assertThat(topic.encoding()).as(topic.name()).isEqualTo(expected);
            assertThat(topic.encoding() == Encoding.RAW || SpecificRecord.class.isAssignableFrom(topic.valueType()))
                    .isTrue();
        });
    }

    @Test
    void neverLetsTwoContractsShareARecordType() {
        assertThat(topics.all())
                .filteredOn(topic -> topic.encoding() == Encoding.REGISTERED)
                .extracting(Topic::valueType)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "EXPERIMENTS, experiments impressions cleanup-alerts alert-actions outcomes internal.deltas internal.traffic",
        "ACCOUNTS, costs account-costs cost-alerts internal.usage",
        "EVENTS, evaluations"
    })
    void topicsThatAreReadTogetherArePartitionedTogether(PartitionGroup group, String names) {
        assertThat(topics.all())
                .filteredOn(topic -> topic.partitions() == group)
                .extracting(topic -> topic.name().substring(topics.prefix().length()))
                .containsExactlyInAnyOrder(names.split(" "));
    }

    private Topic<?> named(String name) {
        return topics.all().stream()
                .filter(topic -> topic.name().equals(topics.prefix() + name))
                .findFirst()
                .orElseThrow();
    }
}
