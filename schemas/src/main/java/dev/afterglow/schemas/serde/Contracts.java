package dev.afterglow.schemas.serde;

import dev.afterglow.schemas.registry.RegistryRefusedException;
import dev.afterglow.schemas.registry.SchemaRegistry;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topic.Encoding;
import dev.afterglow.schemas.topic.Topics;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the contracts into the registry before the first record is written, so that a producer or subscriber in any
 * language finds them there, and so that later versions are held to what these promise.
 */
public final class Contracts {

    /** Every reader of a version can read all versions before it: subscribers upgrade first, or never. */
    static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";

    private static final Logger LOGGER = LoggerFactory.getLogger(Contracts.class);

    private Contracts() {}

    /**
     * Registers the schema of every topic of the catalogue, unless {@code auto.register.schemas} is false.
     *
     * @throws dev.afterglow.schemas.registry.RegistryUnavailableException when the registry does not answer in time
     * @throws RegistryRefusedException when it does not take a schema
     */
    public static void register(Map<String, ?> configs, SchemaRegistry registry, Topics topics) {
        if (!SerdeConfig.from(configs, false).autoRegister()) {
            return;
        }
        for (Topic<?> topic : topics.all()) {
            if (topic.encoding() == Encoding.REGISTERED) {
                register(registry, topic);
            }
        }
    }

    private static void register(SchemaRegistry registry, Topic<?> topic) {
        var subject = topic.name() + "-value";
        registry.register(subject, SpecificData.get().getSchema(topic.valueType()));
        try {
            registry.setCompatibility(subject, COMPATIBILITY);
        } catch (RegistryRefusedException e) {
            // Somebody else's registry may keep that right to itself; the schema is there, which is what matters now.
            LOGGER.atWarn()
                    .addKeyValue("subject", subject)
                    .addKeyValue("why", e.getMessage())
                    .log("could not set the compatibility of a subject to " + COMPATIBILITY);
        }
    }
}
