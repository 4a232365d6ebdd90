/** Text for terminals. */
package dev.afterglow.alerts.text;
