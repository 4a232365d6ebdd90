package dev.afterglow.streams.replay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Lines of bytes, so that one line that is no UTF-8 spoils no other. Lines can be given back. */
final class Lines {

    private static final int LONGEST = 16 * 1024 * 1024;

    private final InputStream input;
    private final Deque<Line> givenBack = new ArrayDeque<>();
    private long number;

    /**
     * @param number from 1
     * @param text without the end of the line; empty when it is no UTF-8
     */
    record Line(long number, Optional<String> text) {}

    Lines(InputStream input) {
        this.input = new BufferedInputStream(input, 1 << 16);
    }

    Optional<Line> next() throws IOException {
        if (!givenBack.isEmpty()) {
            return Optional.of(givenBack.removeFirst());
        }
        var bytes = new ByteArrayOutputStream(256);
        int read = input.read();
        if (read < 0) {
            return Optional.empty();
        }
        for (; read >= 0 && read != '\n'; read = input.read()) {
            bytes.write(read);
            if (bytes.size() > LONGEST) {
                throw new IOException(
                        "line " + (number + 1) + " is longer than 16 MB: is this a CSV or JSON Lines file?");
            }
        }
        return Optional.of(new Line(++number, decode(bytes.toByteArray())));
    }

    /** Puts lines back, to be read again in the same order. */
    void giveBack(List<Line> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            givenBack.addFirst(lines.get(i));
        }
    }

    private Optional<String> decode(byte[] bytes) {
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
            return Optional.of(number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }
}
