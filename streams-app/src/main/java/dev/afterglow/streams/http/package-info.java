/**
 * The HTTP interface: health, metrics, and the read model as JSON. It only reads, sends no stack traces, and allows no
 * other origin. Whoever may reach it may read everything, which is why it listens on the loopback interface by default.
 */
package dev.afterglow.streams.http;
