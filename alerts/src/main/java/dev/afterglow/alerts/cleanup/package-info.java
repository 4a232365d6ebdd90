/**
 * The clean-up case of an experiment: from the history of its definition, its traffic and the policy of its project to
 * the alerts that tell its owners to clean up. Pure functions: no clock, no input or output.
 */
package dev.afterglow.alerts.cleanup;
