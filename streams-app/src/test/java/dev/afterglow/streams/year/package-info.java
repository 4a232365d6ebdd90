/**
 * The lives of experiments in a year, what has to be said of them, and how they reach the stage that says it: without a
 * broker, or with one.
 */
package dev.afterglow.streams.year;
