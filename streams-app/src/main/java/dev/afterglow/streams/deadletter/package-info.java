/** What happens to records that cannot be used: they are kept as they came, with position and reason. */
package dev.afterglow.streams.deadletter;
