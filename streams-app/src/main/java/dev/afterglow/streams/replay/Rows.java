package dev.afterglow.streams.replay;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The rows of a file, one after the other. */
interface Rows {

    /** The columns, where the file names them once for all rows. */
    Optional<List<String>> columns();

    /** The next row, or nothing after the last one. */
    Optional<Row> next() throws IOException;
}
