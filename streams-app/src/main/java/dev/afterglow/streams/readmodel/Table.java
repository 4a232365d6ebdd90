package dev.afterglow.streams.readmodel;

import java.nio.charset.StandardCharsets;

/** The tables of the store, told apart by the first byte of their keys. */
enum Table {
    META('m'),
    OFFSETS('o'),
    IMPRESSIONS('i'),
    TOTALS('t'),
    DEFINITIONS('d'),
    COSTS('c'),
    ACCOUNT_COSTS('a'),
    ALERTS('s'),
    ALERT_HISTORY('h'),
    OPEN_ALERTS('n'),
    OUTCOMES('u'),
    ACTIONS('x'),
    LEDGERS('l'),
    PROGRESS('p');

    private final byte prefix;

    Table(char prefix) {
        this.prefix = (byte) prefix;
    }

    byte[] key(byte[] rest) {
        var key = new byte[rest.length + 1];
        key[0] = prefix;
        System.arraycopy(rest, 0, key, 1, rest.length);
        return key;
    }

    byte[] key(String rest) {
        return key(rest.getBytes(StandardCharsets.UTF_8));
    }

    /** What comes after the prefix, as text. */
    static String rest(byte[] key) {
        return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
    }
}
