package dev.afterglow.streams.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.afterglow.streams.apply.DefinitionFiles.Source;
import dev.afterglow.streams.text.BadInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionErrorsTest {

    @Test
    void namesFileLineAndNearestOfAnUnknownField() {
        assertThat(Yaml.problems("projects:\n  - project: shop\n    acount: acme\n"))
                .containsExactly("f.yaml:3: projects[0].acount: is not a field here: did you mean 'account'?");
    }

    @Test
    void refusesAFieldGivenTwice() {
        assertThat(Yaml.problems("projects:\n  - project: shop\n    project: cart\n"))
                .containsExactly("f.yaml:3: projects[0].project: is already given in line 2: keep one of them");
    }

    @Test
    void refusesAVariantGivenTwiceInTheShortForm() {
        assertThat(Yaml.problems(Yaml.EXPERIMENT.replace("treatment: 50", "control: 50")))
                .containsExactly(
                        "f.yaml:6: experiments[0].variants.control: is already given in line 6:" + " keep one of them");
    }

    @Test
    void namesAPresetThatIsNotKnown() {
        assertThat(Yaml.problems("projects:\n  - project: shop\n    preset: posthog\n    warnAfterDays: 20\n"))
                .singleElement()
                .asString()
                .endsWith(
                        "the preset 'posthog' is not known: write one of amplitude, growthbook, launchdarkly, datadog,"
                                + " devcycle");
    }

    @Test
    void namesAFieldThatIsMissing() {
        assertThat(Yaml.problems("projects:\n  - account: acme\n"))
                .singleElement()
                .asString()
                .startsWith("f.yaml:2: projects[0].project: is missing: Slug of the project");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "rolloutPercent: many        | 'many' is no number",
                "rolloutPercent: 1e999999999 | '1e999999999' is no number",
                "enabled: yes                | 'yes' is neither true nor false",
                "version: 1.5                | '1.5' is no whole number",
                "version: 99999999999999999999 | 99999999999999999999 is out of range",
                "state: runing               | 'runing' is not known: did you mean 'RUNNING'?",
                "state: unknown              | 'unknown' is not known: known are",
                "tags: one                   | write a list here",
                "goal: [a]                   | write a single value here",
                "effectiveFrom: tomorrow     | 'tomorrow' is no time",
                "effectiveFrom: 2026-01-31T10:00:00 | with the offset or Z",
                "effectiveFrom: 1969-12-31   | lies before 1970",
                "variants: {a: heavy}        | 'heavy' is no number",
                "links: [here]               | write fields here",
            })
    void saysWhatIsWrongWithAValueAndWhere(String field, String problem) {
        // given
        var name = field.substring(0, field.indexOf(':'));
        var text = Yaml.EXPERIMENT.replaceAll("(?m)^ +" + name + ":.*\n", "") + "    " + field + "\n";
        var line = text.lines().toList().indexOf("    " + field) + 1;

        // then
        assertThat(Yaml.problems(text))
                .singleElement()
                .asString()
                .startsWith("f.yaml:" + line + ": experiments[0]." + name)
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "amount: 0.0000001, more than six decimals",
        "amount: 99999999999999, too large",
        "amount: 5 EUR, is no number",
    })
    void refusesMoneyThatCannotBeKeptExactly(String field, String problem) {
        assertThat(Yaml.problems(Yaml.BUDGET + "    " + field + "\n"))
                .singleElement()
                .asString()
                .startsWith("f.yaml:6: budgets[0].amount: ")
                .contains(problem);
    }

    @Test
    void refusesBothFormsOfAnAmount() {
        assertThat(Yaml.problems(Yaml.BUDGET + "    amount: 5\n    amountMicros: 5000000\n"))
                .containsExactly(
                        "f.yaml:6: budgets[0].amount: amount and amountMicros are both given: keep one of them");
    }

    @Test
    void placesWhatAValidatorFinds() {
        // given
        var text = """
                pricePlans:
                  - account: acme
                    currency: EUR
                    tiers:
                      - {upTo: 10, price: 1}
                      - {upTo: 5, price: 1}
                      - {price: 1}
                """;

        // then
        assertThat(Yaml.problems(text))
                .singleElement()
                .asString()
                .startsWith("f.yaml:6: pricePlans[0].tiers[1].upTo: 5 is not above 10");
    }

    @Test
    void refusesAWinnerThatIsNoVariant() {
        assertThat(Yaml.problems(Yaml.EXPERIMENT + "    winner: blue\n"))
                .singleElement()
                .asString()
                .startsWith("f.yaml:7: experiments[0]: winner 'blue' is none of the variants");
    }

    @Test
    void refusesABudgetWithoutTheFieldsOfItsScope() {
        assertThat(Yaml.problems(Yaml.BUDGET.replace("account\n", "team\n") + "    amount: 1\n"))
                .singleElement()
                .asString()
                .startsWith("f.yaml:2: budgets[0].team: ")
                .contains("scope TEAM needs it");
    }

    @Test
    void refusesACurrencyThatDoesNotExist() {
        assertThat(Yaml.problems(Yaml.BUDGET.replace("EUR", "EUX") + "    amount: 1\n"))
                .containsExactly(
                        "f.yaml:5: budgets[0]: currency 'EUX' is not in ISO 4217: use a code such as USD or EUR");
    }

    @Test
    void refusesABudgetInAnotherCurrencyThanItsAccount() {
        // given
        var plan = "pricePlans:\n  - {account: acme, currency: USD, tiers: [{price: 1}]}\n";

        // then
        assertThat(Yaml.problems(Yaml.BUDGET + "    amount: 1\n" + plan))
                .singleElement()
                .asString()
                .startsWith("f.yaml:5: budgets[0].currency: 'EUR' is not the currency of account 'acme', which is USD");
    }

    @Test
    void refusesAVersionGivenTwiceInDifferentFiles() {
        // given
        var first = new Source("a.yaml", "projects: [{project: shop}]");
        var second = new Source("b.yaml", "projects:\n  - project: shop\n    account: acme\n");

        // when
        var problems = catchThrowableOfType(
                        BadInputException.class, () -> DefinitionFiles.read(List.of(first, second), Yaml.CLOCK))
                .problems();

        // then
        assertThat(problems)
                .containsExactly("b.yaml:2: projects[0]: version 1 of project 'shop' is already given in a.yaml:1:"
                        + " raise the version of one of them, or remove it");
    }

    @Test
    void wantsToKnowFromWhenALaterVersionHolds() {
        assertThat(Yaml.problems("projects:\n  - project: shop\n    version: 2\n"))
                .singleElement()
                .asString()
                .startsWith("f.yaml:2: projects[0].effectiveFrom: is missing");
    }

    @Test
    void reportsEverythingAtOnce() {
        assertThat(Yaml.problems("projects:\n  - {project: shop, warnAfterDays: x}\n  - {project: Shop}\nbudget: []\n"))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "'projects: [', 1",
        "'projects:\n  - a: b\n c: d', 3",
        "'a: &x [*x', 1",
    })
    void namesTheLineWhereAFileIsNoYaml(String text, int line) {
        assertThat(Yaml.problems(text))
                .anySatisfy(problem -> assertThat(problem).startsWith("f.yaml:" + line + ": this is no YAML: "));
    }

    @ParameterizedTest
    @CsvSource({"''", "'# only a comment'", "'projects: []'", "'---\n---\n'"})
    void refusesAFileWithNothingInIt(String text) {
        assertThat(Yaml.problems(text)).singleElement().asString().startsWith("f.yaml: there is nothing in it");
    }

    @ParameterizedTest
    @CsvSource({"'[a]', f.yaml:1: write lists here", "'projects: {a: b}', f.yaml:1: projects: write a list here"})
    void refusesAnotherShape(String text, String problem) {
        assertThat(Yaml.problems(text)).first().asString().startsWith(problem);
    }
}
