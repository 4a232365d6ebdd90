package dev.afterglow.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** The buffers of one thread. After a failed encoding they hold half a record: throw the whole object away. */
final class DatumEncoder {
    private static final int USUAL_BYTES = 1_024;
    private static final int LARGEST_KEPT = 1 << 20;

    private ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
    private BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);

    byte[] encode(WritePlan plan, Object datum) throws IOException {
        out.reset();
        int id = plan.id();
        out.write(WireFormat.MAGIC);
        out.write(id >>> 24);
        out.write(id >>> 16);
        out.write(id >>> 8);
        out.write(id);
        plan.write(datum, encoder);
        encoder.flush();
        byte[] bytes = out.toByteArray();
        if (bytes.length > LARGEST_KEPT) {
            out = new ByteArrayOutputStream(USUAL_BYTES);
            encoder = EncoderFactory.get().binaryEncoder(out, null);
        }
        return bytes;
    }
}
