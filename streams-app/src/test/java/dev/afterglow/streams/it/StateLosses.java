package dev.afterglow.streams.it;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Listens for Kafka Streams throwing local state away because it does not know its place; only its log tells that. */
final class StateLosses implements AutoCloseable {

    private static final String SPEAKER = "org.apache.kafka.streams.processor.internals.ProcessorStateManager";

    private final Logger logger = (Logger) LoggerFactory.getLogger(SPEAKER);
    private final Level before = logger.getLevel();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            var message = event.getFormattedMessage();
            if (message.contains("did not find checkpoint offsets")) {
                seen.add(message);
            }
        }
    };

    StateLosses() {
        listener.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(listener);
    }

    List<String> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        logger.detachAppender(listener);
        logger.setLevel(before);
    }
}
