/** The policies of projects: which version is in force when, what holds without one, and what a valid one looks like. */
package dev.afterglow.alerts.policy;
