/**
 * What a changed policy would have raised over the history kept, before anyone is paged by it: every case replayed under
 * the policies in force and under the changed one, and what came of the two set side by side. Pure functions.
 */
package dev.afterglow.alerts.whatif;
