/** Configuration that every instance needs whole: all versions of a small topic, read by a plain consumer. */
package dev.afterglow.streams.directory;
