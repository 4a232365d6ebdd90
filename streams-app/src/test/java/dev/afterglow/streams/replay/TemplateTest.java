package dev.afterglow.streams.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.streams.text.BadInputException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    @ParameterizedTest
    @CsvSource({
        "item-{item_id}, item-7",
        "{item_id}, 7",
        "plain, plain",
        "{a}{b}, xy",
        "{{{item_id}}}, {7}",
        "{{item_id}}, {item_id}",
        "{with space}, z",
    })
    void fillsInTheColumns(String template, String text) throws BadRowException {
        assertThat(Template.parse("--unit", template).render(row())).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"a{, 2", "a{b, 2", "a}, 2", "{}, 1", "{{}, 3"})
    void refusesABraceThatIsAloneAndSaysWhere(String template, int character) {
        assertThatThrownBy(() -> Template.parse("--unit", template))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("--unit '" + template + "': the brace at character " + character + " ");
    }

    @Test
    void namesTheColumnsItUses() {
        assertThat(Template.parse("--unit", "{b}-{a}-{b}").columns()).containsExactly("a", "b");
    }

    private static Row row() {
        var values = Map.of("item_id", "7", "a", "x", "b", "y", "with space", "z");
        return new Row() {
            @Override
            public long number() {
                return 1;
            }

            @Override
            public long line() {
                return 1;
            }

            @Override
            public String value(String column) throws BadRowException {
                if (!values.containsKey(column)) {
                    throw new BadRowException(column);
                }
                return values.get(column);
            }
        };
    }
}
