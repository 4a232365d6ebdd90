package dev.afterglow.streams.bundle;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** Gives back what a {@link BundlingConsumer} has joined; what another consumer read is a bundle of one. */
public final class BundleDeserializer implements Deserializer<Bundle> {

    @Override
    public Bundle deserialize(String topic, Headers headers, byte[] value) {
        return headers instanceof BundleHeaders carried ? carried.bundle() : Bundle.alone(value);
    }

    @Override
    public Bundle deserialize(String topic, byte[] value) {
        return Bundle.alone(value);
    }
}
