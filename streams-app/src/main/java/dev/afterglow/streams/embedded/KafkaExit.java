package dev.afterglow.streams.embedded;

import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;

/**
 * Keeps the broker from ending the whole process.
 *
 * <p>A Kafka server that meets a fatal fault (a broken disk, metadata that cannot be applied) calls {@code System.exit}
 * or {@code Runtime.halt} through {@link Exit}, the halt without a word to anybody. Here it is the application that
 * decides: the thread that wanted to end the process ends alone, and the application hears of it.
 *
 * <p>{@code Exit} is one per process, and so is this: the broker started last is the one whose faults are heard. Kafka
 * registers one shutdown hook (closing its JMX reporter), which is harmless; the server's own hook belongs to
 * {@code kafka.Kafka.main} and is not used here.
 */
final class KafkaExit {

    private KafkaExit() {}

    static void intercept(Consumer<Throwable> onFault) {
        Exit.Procedure procedure = (status, message) -> {
            IllegalStateException fault = new IllegalStateException("The Kafka broker met a fatal fault (status "
                    + status + (message == null ? "" : ", " + message) + "); its log says which.");
            onFault.accept(fault);
            throw fault;
        };
        Exit.setExitProcedure(procedure);
        Exit.setHaltProcedure(procedure);
    }

    static void restore() {
        Exit.resetExitProcedure();
        Exit.resetHaltProcedure();
    }
}
