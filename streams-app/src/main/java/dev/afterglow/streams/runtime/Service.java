package dev.afterglow.streams.runtime;

import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.cleanup.Frontier;
import dev.afterglow.streams.client.BrokersSilentException;
import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.http.Configured;
import dev.afterglow.streams.http.HttpServer;
import dev.afterglow.streams.http.HttpSources;
import dev.afterglow.streams.http.Readiness;
import dev.afterglow.streams.http.RolloutStatus;
import dev.afterglow.streams.intake.IntakeTopology;
import dev.afterglow.streams.intake.LoggedEvents;
import dev.afterglow.streams.intake.PolledSourceEnds;
import dev.afterglow.streams.intake.SourceLog;
import dev.afterglow.streams.metrics.Metrics;
import dev.afterglow.streams.progress.RightOfWay;
import dev.afterglow.streams.progress.ServedBeacon;
import dev.afterglow.streams.progress.SettlementMonitor;
import dev.afterglow.streams.progress.SettlementStatus;
import dev.afterglow.streams.readmodel.Decoders;
import dev.afterglow.streams.readmodel.ReadModel;
import dev.afterglow.streams.topics.TopicAdmin;
import dev.afterglow.streams.topics.TopicReport;
import dev.afterglow.streams.transactions.HangingTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance of the whole pipeline: what {@code afterglow run} runs. */
public final class Service implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Service.class);

    private static final Duration HANGING_INTERVAL = Duration.ofMinutes(1);

    /** How often the ends of the source are asked for. */
    private static final Duration ENDS_INTERVAL = Duration.ofMillis(500);

    private final AppConfig config;
    private final Clock clock;
    private final Topics topics;
    private final String instanceId;
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private final Metrics metrics;
    private ConfiguredSerdes serdes;
    private final Admin admin;
    private final Partitions partitions;
    private final ReadModel readModel;
    private final HttpServer http;

    private volatile Flow flow;
    private volatile SettlementMonitor settlement;
    private volatile Directories configuration;

    private Service(AppConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.topics = config.topics();
        this.instanceId = InstanceId.of(config);
        try {
            metrics = closing(new Metrics());
            serdes = closing(new ConfiguredSerdes(config));
            admin = closing(Admin.create(config.adminSettings()));
            partitions = partitions();
            readModel = closing(ReadModel.start(
                    config.dataDir().resolve("read-model"),
                    topics,
                    config.consumerSettings(),
                    decoders(),
                    clock,
                    failure::complete));
            http = closing(HttpServer.start(config.http().host(), config.http().port(), httpSources()));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts an instance; returns when its streams have been started.
     *
     * @throws ServiceException when it cannot, with the remedy
     */
    public static Service start(AppConfig config, Clock clock) {
        var service = new Service(config, clock);
        try {
            service.startFlow();
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        } catch (InterruptedException e) {
            service.close();
            Thread.currentThread().interrupt();
            throw new ServiceException("interrupted while starting", e);
        }
    }

    /** Completed with the reason when the instance cannot go on; it has to be closed then. */
    public CompletionStage<Throwable> failure() {
        return failure;
    }

    /** Base address of the HTTP interface. */
    public String url() {
        return http.url();
    }

    /** How far the flow has settled. */
    public SettlementStatus status() {
        var monitor = settlement;
        return monitor == null ? SettlementStatus.unknown(clock.instant()) : monitor.status();
    }

    /** Whether topics exist, streams run and the read model answers. */
    public Readiness readiness() {
        var running = flow;
        return new Readiness(Map.of(
                "topics", true, "streams", running != null && running.isRunning(), "readModel", readModel.ready()));
    }

    /** Commits, stops and closes, in the reverse order of the start. */
    @Override
    public void close() {
        if (serdes != null) {
            // Who waits for a registry in trouble would hold up everything else until the time is over.
            serdes.close();
        }
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOGGER.atWarn()
                        .addKeyValue("part", part.getClass().getSimpleName())
                        .setCause(e)
                        .log("could not be closed in order");
            }
        }
    }

    private void startFlow() throws InterruptedException {
        serdes.registerContracts();
        var directories = closing(new Directories(config, serdes, failure));
        directories.awaitReady(config.flow().registryRetryBudget().plusSeconds(30));
        configuration = directories;
        UnfinishedStores.delete(StageSettings.stateDirectory(config));
        var settings = new StageSettings(config, instanceId);
        var stages = new FlowStages(config, settings, serdes, partitions)
                .all(directories.policies(), directories.knownExperiments(), directories.accounts(), source(settings));
        closing(HangingTransactions.watch(admin, this::isOurs, HANGING_INTERVAL));
        var started = closing(new Flow(stages, settings, metrics, clock, failure));
        flow = started;
        closing(RightOfWay.start(
                readModel, Pipeline.counting(partitions), started::holdJudging, started::resumeJudging, clock));
        settlement = closing(
                SettlementMonitor.start(admin, readModel, Pipeline.stages(partitions), arrivals(), groups(), clock));
        metrics.bindPipeline(readModel, this::status, clock);
        closing(ServedBeacon.start(
                config.producerSettings(),
                topics.progress(),
                serdes.of(topics.progress()).serializer(),
                instanceId,
                http.url(),
                this::status,
                clock));
    }

    /** Whether nobody but the stages writes to a topic. */
    private boolean isOurs(String topic) {
        return FlowStages.NAMES.stream().anyMatch(stage -> topic.startsWith(Stage.applicationId(topics, stage) + '-'))
                || topics.written().stream().anyMatch(written -> written.name().equals(topic));
    }

    private SourceLog source(StageSettings settings) {
        var topic = topics.evaluations().name();
        var ends = closing(PolledSourceEnds.start(topic, admin, Clients.reader(config), clock, ENDS_INTERVAL));
        // What takes four fifths of the time would not be done in the fifth that is left.
        var patience =
                settings.maxPollInterval(IntakeTopology.STAGE).multipliedBy(4).dividedBy(5);
        return new SourceLog(ends, new LoggedEvents(topic, () -> Clients.reader(config), patience));
    }

    private Partitions partitions() {
        var found = Partitions.of(answered(this::topicReport), topics);
        var changed = SourcePartitions.problems(admin, topics, found);
        if (!changed.isEmpty()) {
            throw new ServiceException(String.join(System.lineSeparator(), changed));
        }
        return found;
    }

    private <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (TimeoutException | DisconnectException silent) {
            throw new BrokersSilentException(config.bootstrapServers(), silent);
        }
    }

    private TopicReport topicReport() {
        var topicAdmin = new TopicAdmin(admin, topics, config.topicConfig());
        var report = config.topicConfig().create() ? topicAdmin.createMissing() : topicAdmin.check();
        if (!report.errors().isEmpty()) {
            throw new ServiceException(String.join(System.lineSeparator(), report.errors()));
        }
        if (!report.missing().isEmpty()) {
            throw new ServiceException("these topics are missing: " + String.join(", ", report.missing())
                    + ". Create them with 'afterglow topics --apply', or set afterglow.topics.create=true");
        }
        return report;
    }

    private List<String> arrivals() {
        return List.of(
                topics.evaluations().name(),
                topics.experiments().name(),
                topics.projects().name(),
                topics.pricePlans().name(),
                topics.budgets().name(),
                topics.alertActions().name());
    }

    private Map<String, String> groups() {
        return FlowStages.NAMES.stream()
                .collect(Collectors.toMap(stage -> stage, stage -> Stage.applicationId(topics, stage)));
    }

    private Decoders decoders() {
        return new Decoders() {
            @Override
            public <V> Deserializer<V> of(Topic<V> topic) {
                return serdes.of(topic).deserializer();
            }
        };
    }

    private HttpSources httpSources() {
        return new HttpSources(
                readModel::view,
                this::status,
                this::readiness,
                metrics::scrape,
                RolloutStatus::nameOf,
                this::judgedUpTo,
                this::configured,
                closing(new ActionSender(
                        config.producerSettings(),
                        topics.alertActions(),
                        serdes.of(topics.alertActions()).serializer())),
                clock);
    }

    private Optional<Instant> judgedUpTo() {
        return status().watermark().map(at -> new Frontier(at, config.flow().settleTime()).limit());
    }

    private Optional<Configured> configured(ExperimentKey experiment) {
        return Optional.ofNullable(configuration).map(known -> known.configured(experiment));
    }

    private <T extends AutoCloseable> T closing(T part) {
        parts.push(part);
        return part;
    }
}
