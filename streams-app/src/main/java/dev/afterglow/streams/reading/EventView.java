package dev.afterglow.streams.reading;

import dev.afterglow.contract.EvaluationEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * An evaluation event as it lies in bytes: where each text is, and the numbers. Filled anew for each event, so nothing
 * may be kept of it; one instance per thread. All texts are well-formed UTF-8.
 */
public final class EventView {
    private static final TextField[] FIELDS = TextField.values();
    private static final int NULL = -1;

    private final int[] offsets = new int[FIELDS.length];
    private final int[] lengths = new int[FIELDS.length];
    private byte[] bytes = {};
    private long occurredAt;
    private long count;
    private boolean backfill;
    private long overheadMicros;
    private long overheadBytes;
    private boolean named;
    private long name;

    /** A view of nothing yet: every text is null. */
    public EventView() {
        clear(bytes, 1, false);
    }

    /** The bytes in which the texts lie; not necessarily those of the record. Not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where a text starts in {@link #bytes()}; undefined for null. */
    public int offset(TextField field) {
        return offsets[field.ordinal()];
    }

    /** How many bytes of UTF-8 a text has; -1 for null. */
    public int length(TextField field) {
        return lengths[field.ordinal()];
    }

    /** Whether the event has no such text. */
    public boolean isNull(TextField field) {
        return lengths[field.ordinal()] == NULL;
    }

    /** A text as a new string, null for null: for what happens rarely. */
    public String text(TextField field) {
        int length = length(field);
        return length == NULL ? null : new String(bytes, offset(field), length, StandardCharsets.UTF_8);
    }

    /**
     * Whether a text has more characters (UTF-16 units, as {@link String#length()} counts) than a maximum; false for
     * null.
     */
    public boolean isLongerThan(TextField field, int maximum) {
        // A character takes one byte at least.
        return length(field) > maximum && text(field).length() > maximum;
    }

    /** Whether a text consists of exactly these bytes of UTF-8; null equals nothing. */
    public boolean hasText(TextField field, byte[] other) {
        return hasText(field, other, 0, other.length);
    }

    /** Whether a text consists of exactly the bytes of UTF-8 from one place in an array to before another. */
    boolean hasText(TextField field, byte[] other, int from, int to) {
        int length = length(field);
        int offset = offset(field);
        return length == to - from && Arrays.equals(bytes, offset, offset + length, other, from, to);
    }

    /** Copies a text that is not null to a place in an array. */
    void copyText(TextField field, byte[] target, int at) {
        System.arraycopy(bytes, offset(field), target, at, length(field));
    }

    /** When it happened, milliseconds since 1970 UTC; any long, as written. */
    public long occurredAt() {
        return occurredAt;
    }

    /** {@link #occurredAt()} as an object. */
    public Instant occurredAtInstant() {
        return Instant.ofEpochMilli(occurredAt);
    }

    /** How many evaluations it stands for; any long, as written. */
    public long count() {
        return count;
    }

    /** Whether it is history that is loaded later on purpose. */
    public boolean backfill() {
        return backfill;
    }

    /** Time that an evaluation added to the page, in microseconds; any long, as written, and 0 for null. */
    public long overheadMicros() {
        return overheadMicros;
    }

    /** Bytes shipped to the client for an evaluation; any long, as written, and 0 for null. */
    public long overheadBytes() {
        return overheadBytes;
    }

    /** Makes this a view of an event that was decoded otherwise; allocates. */
    public void copy(EvaluationEvent event) {
        var all = new ByteArrayOutputStream();
        clear(bytes, event.getCount(), event.getBackfill());
        occurredAt = event.getOccurredAt().toEpochMilli();
        overheadMicros = orZero(event.getOverheadMicros());
        overheadBytes = orZero(event.getOverheadBytes());
        for (TextField field : FIELDS) {
            String text = textOf(event, field);
            if (text != null) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                set(field, all.size(), utf8.length);
                all.writeBytes(utf8);
            }
        }
        bytes = all.toByteArray();
    }

    void clear(byte[] newBytes, long newCount, boolean newBackfill) {
        bytes = newBytes;
        Arrays.fill(lengths, NULL);
        occurredAt = 0;
        overheadMicros = 0;
        overheadBytes = 0;
        count = newCount;
        backfill = newBackfill;
        named = false;
    }

    /** Whether {@link #name()} is set: what is asked twice of an event is worked out once. */
    boolean isNamed() {
        return named;
    }

    long name() {
        return name;
    }

    void name(long newName) {
        name = newName;
        named = true;
    }

    void set(TextField field, int offset, int length) {
        offsets[field.ordinal()] = offset;
        lengths[field.ordinal()] = length;
    }

    void occurredAt(long millis) {
        occurredAt = millis;
    }

    void count(long newCount) {
        count = newCount;
    }

    void backfill(boolean newBackfill) {
        backfill = newBackfill;
    }

    void overheadMicros(long micros) {
        overheadMicros = micros;
    }

    void overheadBytes(long newBytes) {
        overheadBytes = newBytes;
    }

    private static long orZero(Long number) {
        return number == null ? 0 : number;
    }

    private static String textOf(EvaluationEvent event, TextField field) {
        return switch (field) {
            case ID -> event.getId();
            case PROJECT -> event.getProject();
            case ENVIRONMENT -> event.getEnvironment();
            case EXPERIMENT -> event.getExperiment();
            case VARIANT -> event.getVariant();
            case UNIT -> event.getUnit();
            case SOURCE -> event.getSource();
            case RUN -> event.getRun();
            case PAGE_VIEW -> event.getPageView();
            case SESSION -> event.getSession();
            case USER_AGENT -> event.getUserAgent();
        };
    }
}
