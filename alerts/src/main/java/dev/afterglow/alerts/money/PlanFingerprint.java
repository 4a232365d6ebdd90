package dev.afterglow.alerts.money;

import dev.afterglow.contract.BlockRounding;
import dev.afterglow.contract.PricePlan;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/** First 64 bits of a SHA-256 over what bears on prices, in a fixed order and with lengths before texts. */
final class PlanFingerprint {

    /** Stands where the next plan would begin, at a time at which none does. */
    private static final long MORE = Long.MIN_VALUE;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** Adds a plan and from when on it prices. */
    PlanFingerprint add(Instant start, PricePlan plan) {
        try {
            out.writeLong(start.toEpochMilli());
            out.writeLong(plan.getVersion());
            out.writeUTF(plan.getCurrency());
            out.writeUTF(plan.getZone());
            out.writeLong(plan.getIncludedImpressions());
            out.writeInt(plan.getTiers().size());
            for (var tier : plan.getTiers()) {
                out.writeLong(tier.getUpTo() == null ? -1 : tier.getUpTo());
                out.writeLong(tier.getPriceMicros());
                out.writeLong(tier.getPerImpressions());
            }
            if (hasMore(plan)) {
                out.writeLong(MORE);
                out.writeUTF(plan.getBlockRounding().name());
                out.writeLong(plan.getFlatFeeMicros());
                out.writeLong(plan.getMinimumMicros());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Plans without any of it keep the value that they had before there was any. */
    private static boolean hasMore(PricePlan plan) {
        return plan.getBlockRounding() != BlockRounding.PRO_RATA
                || plan.getFlatFeeMicros() != 0
                || plan.getMinimumMicros() != 0;
    }

    /** 0 when nothing was added. */
    long value() {
        if (bytes.size() == 0) {
            return 0;
        }
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
