package dev.afterglow.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How the house stands: what may lean on what, and what is done nowhere. */
class ArchitectureTest {

    private static final String[] SCHEMAS = {
        "dev.afterglow.contract..", "dev.afterglow.state..", "dev.afterglow.schemas.."
    };
    private static final String ALERTS = "dev.afterglow.alerts..";
    private static final String STREAMS = "dev.afterglow.streams..";
    private static final String AUDIT = "dev.afterglow.streams.audit..";

    private static final Set<Class<?>> TIMES =
            Set.of(Instant.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class, ZonedDateTime.class);

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.afterglow");

    @Test
    void looksAtAllThreeModules() {
        assertThat(List.of("dev.afterglow.schemas", "dev.afterglow.alerts", "dev.afterglow.streams"))
                .allSatisfy(name -> assertThat(MAIN.containPackage(name)).isTrue());
    }

    @Test
    void dependenciesRunOneWay() {
        check(noClasses()
                .that()
                .resideInAnyPackage(SCHEMAS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ALERTS, STREAMS)
                .because("the contracts depend on nothing of ours"));
        check(noClasses()
                .that()
                .resideInAPackage(ALERTS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(STREAMS, "org.apache.kafka.streams..")
                .because("judgement knows no topology"));
    }

    @Test
    void theAuditSharesNoCodeWithWhatItChecks() {
        check(noClasses()
                .that()
                .resideInAPackage(AUDIT)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are ours, but no contract",
                        type -> type.getPackageName().startsWith("dev.afterglow.")
                                // What a project excludes by name is its own wording, not a way of counting.
                                && !type.getName().startsWith("dev.afterglow.alerts.policy.Exclusions")
                                && !type.getPackageName()
                                        .matches("dev\\.afterglow\\.(contract|state|schemas"
                                                + "|streams\\.(audit|config|text))(\\..*)?")))
                .because("an error in the counting must not be repeated by what looks for it"));
    }

    @Test
    void packagesOfTheFlowFormNoCycle() {
        check(slices().matching("dev.afterglow.streams.(*)..").should().beFreeOfCycles());
    }

    @Test
    void nothingReadsTheWallClockButThroughAClock() {
        check(noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethodWhere(readsTheWallClock())
                .because("the same input has to give the same output: take a java.time.Clock"));
    }

    @Test
    void onlyTheCommandLineAndTheDemoTalkToTheTerminal() {
        var others = MAIN.that(DescribedPredicate.describe(
                "not of the command line or the demo",
                type -> !type.getPackageName().matches("dev\\.afterglow\\.streams\\.(cli|demo)(\\..*)?")));
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(others);
    }

    @Test
    void onlyTheCommitHookKnowsTheInsideOfKafkaStreams() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.afterglow.streams.commit.CommitHook")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.streams..internals..")
                .because("it changes without notice: RATIONALE.md beside the hook says what is relied on"));
    }

    @Test
    void nothingUsesTheLoggingOfTheJdk() {
        check(NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
    }

    @Test
    void nothingStaticChanges() {
        check(fields().that().areStatic().should().beFinal());
    }

    private static DescribedPredicate<JavaMethodCall> readsTheWallClock() {
        return DescribedPredicate.describe(
                "now() without a Clock",
                call -> call.getTarget().getName().equals("now")
                        && TIMES.stream().anyMatch(call.getTargetOwner()::isEquivalentTo)
                        && call.getTarget().getRawParameterTypes().stream()
                                .noneMatch(parameter -> parameter.isEquivalentTo(Clock.class)));
    }

    private static void check(ArchRule rule) {
        rule.check(MAIN);
    }
}
