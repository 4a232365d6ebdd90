/** History as events: reads somebody's log of impressions and sends it as evaluation events, each row once. */
package dev.afterglow.streams.replay;
