package dev.afterglow.streams.client;

/** No broker answers. */
public final class BrokersSilentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param bootstrapServers whom nobody answers for */
    public BrokersSilentException(String bootstrapServers, Throwable cause) {
        super(
                "no answer from Kafka at " + bootstrapServers
                        + ": check that it runs, and give its address with --bootstrap-servers",
                cause);
    }
}
