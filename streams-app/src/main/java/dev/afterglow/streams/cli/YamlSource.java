package dev.afterglow.streams.cli;

import dev.afterglow.streams.apply.DefinitionFiles.Source;
import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A YAML file that somebody names on the command line; {@code -} is standard input. */
final class YamlSource {

    private static final String STANDARD_INPUT = "-";

    private YamlSource() {}

    /** @throws BadInputException when it cannot be read, or is not UTF-8 */
    static Source read(String file) throws IOException {
        return file.equals(STANDARD_INPUT)
                ? source("standard input", System.in.readAllBytes())
                : source(file, read(Path.of(file)));
    }

    private static byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file) && !Files.isReadable(file)) {
            throw new BadInputException(file + " does not exist or cannot be read: check the path");
        }
        return Files.readAllBytes(file);
    }

    private static Source source(String name, byte[] bytes) {
        try {
            return new Source(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException malformed) {
            throw new BadInputException(name + " is not UTF-8: save it as UTF-8");
        }
    }
}
