/** The back-test of the forecast on a file of daily impressions: reading the file, writing the result. */
package dev.afterglow.streams.backtest;
