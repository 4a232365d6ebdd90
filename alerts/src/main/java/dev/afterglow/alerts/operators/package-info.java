/** Alerts about the pipeline itself, for those who run it: what they say, and what the person on call does. */
package dev.afterglow.alerts.operators;
