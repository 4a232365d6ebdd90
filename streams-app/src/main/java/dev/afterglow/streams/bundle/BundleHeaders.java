package dev.afterglow.streams.bundle;

import org.apache.kafka.common.header.internals.RecordHeaders;

/** Carries a bundle past Kafka Streams, which looks into keys and values, and hands headers on as they are. */
final class BundleHeaders extends RecordHeaders {

    private final Bundle bundle;

    BundleHeaders(Bundle bundle) {
        this.bundle = bundle;
    }

    Bundle bundle() {
        return bundle;
    }
}
