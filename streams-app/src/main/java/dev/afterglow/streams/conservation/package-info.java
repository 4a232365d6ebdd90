/** Whether every evaluation received is accounted for. Pure: asked by intake, the read model and the metrics. */
package dev.afterglow.streams.conservation;
