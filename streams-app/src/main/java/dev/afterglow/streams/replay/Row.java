package dev.afterglow.streams.replay;

/** A row of a file. */
interface Row {

    /** Number of the row: 1 is the first one with data. It stays the same when rows before it are bad. */
    long number();

    /** Line of the file in which it begins, from 1. */
    long line();

    /**
     * The text of a column; never empty.
     *
     * @throws BadRowException when the row cannot be read, or the column is missing or empty in it
     */
    String value(String column) throws BadRowException;
}
