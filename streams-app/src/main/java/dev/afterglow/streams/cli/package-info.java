/** The command line: reads options, calls the rooms that do the work, and turns errors into a line and an exit code. */
package dev.afterglow.streams.cli;
