package dev.afterglow.streams.replay;

import java.util.Optional;

/**
 * What becomes of the rows. Templates are texts with columns in braces, {@code item-{item_id}}; double braces stand for
 * single ones.
 *
 * @param fileName name without directories; with the row number it makes the id when there is no template for it
 * @param project slug
 * @param environment slug
 * @param experiment template of the experiment's key
 * @param variant template of the variant's key
 * @param unit template of the unit, which is also the key of the record
 * @param time column that holds the time
 * @param timeFormat {@code auto}, {@code epoch-seconds}, {@code epoch-millis}, {@code epoch-micros} or a pattern
 * @param zone of times without an offset
 * @param id template of the event id
 * @param source sender of the events; ids are unique within it
 */
public record ReplayPlan(
        String fileName,
        String project,
        String environment,
        String experiment,
        String variant,
        String unit,
        String time,
        String timeFormat,
        String zone,
        Optional<String> id,
        String source) {}
