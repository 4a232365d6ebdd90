package dev.afterglow.streams.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** JSON Lines: an object per line. {@code user.id} names a field inside a field, unless a field has that very name. */
final class JsonRows implements Rows {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Lines lines;

    JsonRows(InputStream input) {
        this.lines = new Lines(input);
    }

    @Override
    public Optional<List<String>> columns() {
        return Optional.empty();
    }

    /** The number of a row is that of its line, blank lines counted, so that people find it. */
    @Override
    public Optional<Row> next() throws IOException {
        var line = lines.next();
        while (line.isPresent() && line.get().text().filter(String::isBlank).isPresent()) {
            line = lines.next();
        }
        return line.map(JsonRow::of);
    }

    private record JsonRow(long number, Optional<JsonNode> object, String problem) implements Row {

        static JsonRow of(Lines.Line line) {
            if (line.text().isEmpty()) {
                return new JsonRow(line.number(), Optional.empty(), "it is not UTF-8");
            }
            try {
                var node = MAPPER.readTree(line.text().get());
                return node instanceof ObjectNode
                        ? new JsonRow(line.number(), Optional.of(node), "")
                        : new JsonRow(line.number(), Optional.empty(), "it is not a JSON object");
            } catch (JsonProcessingException malformed) {
                return new JsonRow(
                        line.number(), Optional.empty(), "it is not JSON: " + malformed.getOriginalMessage());
            }
        }

        @Override
        public long line() {
            return number;
        }

        @Override
        public String value(String column) throws BadRowException {
            var node = find(object.orElseThrow(() -> new BadRowException(problem)), column);
            if (node.isMissingNode() || node.isNull()) {
                throw new BadRowException("field '" + column + "' is missing");
            }
            if (node.isContainerNode()) {
                throw new BadRowException("field '" + column + "' is no single value");
            }
            var text = node.isBigDecimal() ? node.decimalValue().toPlainString() : node.asText();
            if (text.isEmpty()) {
                throw new BadRowException("field '" + column + "' is empty");
            }
            return text;
        }

        private static JsonNode find(JsonNode object, String column) {
            if (object.has(column) || column.indexOf('.') < 0) {
                return object.path(column);
            }
            int dot = column.indexOf('.');
            return find(object.path(column.substring(0, dot)), column.substring(dot + 1));
        }
    }
}
