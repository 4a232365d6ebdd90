package dev.afterglow.streams.bench;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.registry.SchemaRegistry;
import dev.afterglow.schemas.serde.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/** The practical limit: plain consumers, the whole record decoded into a reused object, counted in a HashMap; no more. */
final class Limit {

    private static final long HOUR_MS = 3_600_000;

    private final CaseSettings settings;
    private final int threads;
    private final Progress progress;

    private record Cell(String experiment, String variant, long hour) {}

    Limit(CaseSettings settings, int threads) {
        this.settings = settings;
        this.threads = threads;
        this.progress = new Progress(settings.progress());
    }

    void run() throws InterruptedException, ExecutionException, IOException {
        var executor = Executors.newFixedThreadPool(threads);
        var futures = new ArrayList<Future<Map<Cell, long[]>>>();
        try (var registry = SchemaRegistry.from(Map.of("schema.registry.url", settings.registryUrl()))) {
            for (int thread = 0; thread < threads; thread++) {
                futures.add(executor.submit(counting(registry, thread)));
            }
            var tally = new Tally();
            for (var future : futures) {
                future.get()
                        .forEach((cell, count) -> tally.add(
                                Loader.keyOf(cell.experiment, cell.variant, Instant.ofEpochMilli(cell.hour)),
                                count[0]));
            }
            write(tally);
            progress.done();
        } finally {
            executor.shutdownNow();
        }
    }

    private Callable<Map<Cell, long[]>> counting(SchemaRegistry registry, int thread) {
        return () -> {
            var counter = new Counter(registry);
            try (var consumer = SourceReader.consumer(settings)) {
                var share = SourceReader.share(consumer, settings, thread, threads);
                SourceReader.read(
                        consumer, share, progress, records -> records.forEach(record -> counter.add(record.value())));
            }
            return counter.counts;
        };
    }

    private void write(Tally tally) throws IOException {
        Files.write(settings.result(), (Iterable<String>)
                tally.counts().entrySet().stream().map(entry -> entry.getKey() + '\t' + entry.getValue())::iterator);
    }

    private static final class Counter {

        private final SchemaRegistry registry;
        private final Map<Integer, SpecificDatumReader<EvaluationEvent>> readers = new HashMap<>();
        private final Map<Cell, long[]> counts = new HashMap<>();
        private final EvaluationEvent reused = new EvaluationEvent();
        private BinaryDecoder decoder;

        Counter(SchemaRegistry registry) {
            this.registry = registry;
        }

        void add(byte[] value) {
            var event = decode(value);
            var at = event.getOccurredAt().toEpochMilli();
            var cell = new Cell(event.getExperiment(), event.getVariant(), at - at % HOUR_MS);
            counts.computeIfAbsent(cell, absent -> new long[1])[0] += event.getCount();
        }

        private EvaluationEvent decode(byte[] value) {
            var reader = readers.computeIfAbsent(WireFormat.schemaId(value), this::reader);
            decoder = DecoderFactory.get()
                    .binaryDecoder(value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, decoder);
            try {
                return reader.read(reused, decoder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private SpecificDatumReader<EvaluationEvent> reader(int id) {
            return new SpecificDatumReader<>(registry.byId(id), EvaluationEvent.getClassSchema());
        }
    }
}
