package dev.afterglow.alerts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.policy.Exclusions.Reason;
import dev.afterglow.contract.ProjectPolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExclusionsTest {

    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    @Test
    void leavesNothingOutUnderTheDefaults() {
        var exclusions = exclusions(policy -> policy);

        assertThat(exclusions.isEmpty()).isTrue();
        assertThat(exclusions.readsUserAgents()).isFalse();
        assertThat(exclusions.reasonFor("staging", "u1", "Googlebot/2.1")).isEmpty();
    }

    @Test
    void leavesOutEnvironmentsThatDoNotCount() {
        var exclusions = exclusions(policy -> policy.setCountedEnvironments(List.of("production")));

        assertThat(exclusions.isEmpty()).isFalse();
        assertThat(exclusions.reasonFor("staging", "u1", null)).contains(Reason.ENVIRONMENT);
        assertThat(exclusions.reasonFor("production", "u1", null)).isEmpty();
    }

    @Test
    void leavesOutEveryEnvironmentWhenNoneCounts() {
        var exclusions = exclusions(policy -> policy.setCountedEnvironments(List.of()));

        assertThat(exclusions.isEmpty()).isFalse();
        assertThat(exclusions.reasonFor("production", "u1", null)).contains(Reason.ENVIRONMENT);
    }

    @ParameterizedTest
    @CsvSource({"robot-1, true", "robot-10, false", "qa-, true", "qa-7, true", "QA-7, false", "xqa-7, false"})
    void leavesOutInternalUnitsByNameAndByPrefix(String unit, boolean internal) {
        var exclusions = exclusions(policy -> policy.setExcludedUnits(List.of("robot-1", "qa-*")));

        assertThat(exclusions.reasonFor("production", unit, null))
                .isEqualTo(internal ? Optional.of(Reason.INTERNAL_UNIT) : Optional.empty());
    }

    @Test
    void leavesOutInternalUserAgentsInAnyCase() {
        var exclusions = exclusions(policy -> policy.setExcludedUserAgents(List.of("Acme-Monitor")));

        assertThat(exclusions.readsUserAgents()).isTrue();
        assertThat(exclusions.reasonFor("production", "u1", "probe ACME-monitor/3"))
                .contains(Reason.INTERNAL_AGENT);
        assertThat(exclusions.reasonFor("production", "u1", FIREFOX)).isEmpty();
        assertThat(exclusions.reasonFor("production", "u1", null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "Mozilla/5.0 (compatible; Baiduspider/2.0)",
                "facebookexternalhit/1.1",
                "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0.0.0 Safari/537.36",
                "Mozilla/5.0 (Linux; Android 9; CUBOT X19) Googlebot/2.1"
            })
    void leavesOutRobotsWhenAskedTo(String userAgent) {
        var exclusions = exclusions(policy -> policy.setExcludeBots(true));

        assertThat(exclusions.reasonFor("production", "u1", userAgent)).contains(Reason.BOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {FIREFOX, "Mozilla/5.0 (Linux; Android 9; CUBOT X19) Chrome/120.0 Mobile Safari/537.36", ""})
    void takesNoPersonForARobot(String userAgent) {
        var exclusions = exclusions(policy -> policy.setExcludeBots(true));

        assertThat(exclusions.reasonFor("production", "u1", userAgent)).isEmpty();
    }

    @Test
    void namesTheFirstReasonOfSeveral() {
        var exclusions = exclusions(policy -> policy.setCountedEnvironments(List.of("production"))
                .setExcludedUnits(List.of("u1"))
                .setExcludedUserAgents(List.of("google"))
                .setExcludeBots(true));

        assertThat(exclusions.reasonFor("staging", "u1", "Googlebot")).contains(Reason.ENVIRONMENT);
        assertThat(exclusions.reasonFor("production", "u1", "Googlebot")).contains(Reason.INTERNAL_UNIT);
        assertThat(exclusions.reasonFor("production", "u2", "Googlebot")).contains(Reason.INTERNAL_AGENT);
        assertThat(exclusions.reasonFor("production", "u2", "bingbot")).contains(Reason.BOT);
    }

    private static Exclusions exclusions(UnaryOperator<ProjectPolicy.Builder> change) {
        var policy = ProjectPolicy.newBuilder(PolicyHistory.defaults("shop"));
        return Exclusions.of(change.apply(policy).build());
    }
}
