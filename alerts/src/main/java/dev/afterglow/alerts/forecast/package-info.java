/**
 * Where the impressions of a month will end, from those of its days so far and of the days before: two methods, and a
 * test that holds them against days that are known. What is estimated are impressions; their price is reckoned exactly,
 * elsewhere.
 */
package dev.afterglow.alerts.forecast;
