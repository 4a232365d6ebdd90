/** Stage 2: adds the deltas of all intake partitions into the count of each experiment, variant and UTC hour. */
package dev.afterglow.streams.impressions;
