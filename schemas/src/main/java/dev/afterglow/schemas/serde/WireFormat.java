package dev.afterglow.schemas.serde;

import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.registry.PoisonException.Reason;
import java.nio.ByteBuffer;

/** Confluent's wire format: a zero byte, the schema id in four bytes (big-endian), and the value in Avro binary. */
public final class WireFormat {
    /** The first byte of every value. */
    public static final byte MAGIC = 0;

    /** Bytes before the Avro value. */
    public static final int HEADER_BYTES = 1 + Integer.BYTES;

    private WireFormat() {}

    /**
     * The schema id that stands before a value.
     *
     * @param data a whole record value, never null
     * @throws PoisonException when it is too short for a header, or starts with something else
     */
    public static int schemaId(byte[] data) {
        if (data.length < HEADER_BYTES) {
            throw new PoisonException(
                    Reason.TOO_SHORT, data.length + " bytes are fewer than the " + HEADER_BYTES + " of the header");
        }
        if (data[0] != MAGIC) {
            throw new PoisonException(
                    Reason.WRONG_MAGIC, "The first byte is " + data[0] + ", not the magic byte " + MAGIC);
        }
        return ByteBuffer.wrap(data).getInt(1);
    }
}
