/** The grid of UTC hours and quarter-hours on which everything is counted and judged. */
package dev.afterglow.alerts.time;
