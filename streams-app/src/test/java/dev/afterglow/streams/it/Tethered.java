package dev.afterglow.streams.it;

import dev.afterglow.streams.cli.Afterglow;
import dev.afterglow.streams.embedded.EndWithParent;

/** {@code afterglow} in a process that ends with the test, whatever ends the test. */
public final class Tethered {

    private Tethered() {}

    /** As of {@code afterglow}. */
    public static void main(String[] arguments) {
        EndWithParent.premain("");
        Afterglow.main(arguments);
    }
}
