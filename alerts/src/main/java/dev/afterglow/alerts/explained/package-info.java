/**
 * What stands behind an alert on spend: which experiments cost most, which grew most, which of them are leftovers, and whether
 * switching these off is enough to end within the budget.
 *
 * <p>Everything here is a pure function of its arguments; nothing knows of Kafka, of a clock or of a store. Nothing after the
 * alert is looked at, so that explanations are the same on every replay.
 *
 * <p><b>A leftover</b> is here what the bill shows as one: an experiment that had traffic in the last 24 h, the newest of it
 * leftover traffic. One that was switched off only hours ago is therefore still among them.
 *
 * <p><b>What switching off saves</b> is reckoned as for one experiment, see {@link dev.afterglow.alerts.money.SwitchOff}. The
 * forecast of the period's end is made by another method; what is saved is taken off it, though never below what is spent.
 */
package dev.afterglow.alerts.explained;
