package dev.afterglow.streams.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** What Linux says of a process in {@code /proc/PID/stat}. */
final class ProcStat {

    /** USER_HZ, which has been 100 on every architecture Java 17 runs on. */
    static final int TICKS_PER_SECOND = 100;

    /** Fields after the name in parentheses; {@code utime} is the 14th of all, {@code stime} the 15th. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    private ProcStat() {}

    /** CPU seconds (user and system) that a process has used; empty when it is gone or there is no {@code /proc}. */
    static OptionalDouble cpuSeconds(long pid) {
        try {
            return OptionalDouble.of(cpuSeconds(Files.readString(Path.of("/proc", Long.toString(pid), "stat"))));
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    /** @throws IllegalArgumentException when the line is none of {@code /proc/PID/stat} */
    static double cpuSeconds(String line) {
        // The name may hold blanks and parentheses: what counts begins after the last one.
        var fields = line.substring(line.lastIndexOf(')') + 1).trim().split(" ");
        if (fields.length <= SYSTEM) {
            throw new IllegalArgumentException("no line of /proc/PID/stat: " + line);
        }
        return (double) (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) / TICKS_PER_SECOND;
    }
}
