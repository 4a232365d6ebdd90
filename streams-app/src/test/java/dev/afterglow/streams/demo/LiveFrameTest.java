package dev.afterglow.streams.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveFrameTest {

    private static final Addresses ADDRESSES = new Addresses(
            "127.0.0.1:9092", URI.create("http://127.0.0.1:8081/apis/ccompat/v7"), URI.create("http://127.0.0.1:8080"));

    @Test
    void showsWhereToConnectAndHowFarItIs() {
        // when
        var lines = LiveFrame.lines(snapshot(2, 3), 100, 24);

        // then
        assertThat(lines)
                .contains(
                        "Afterglow demo   sending the first part   1:05",
                        "  page      http://127.0.0.1:8080",
                        "  kafka     127.0.0.1:9092",
                        "  registry  http://127.0.0.1:8081/apis/ccompat/v7",
                        "  sent      50,000 of 200,000  [######------------------]",
                        "  counted   45,000   1,234/s   duplicate 300   excluded 20   dead-lettered 10",
                        "  flow      watermark 2026-11-01T09:41:17Z   lag 77",
                        "  cost      acme USD 12.34 in 2026-11, wasted USD 1.00",
                        "        1,000  RUNNING       shop/production/experiment-0",
                        "  open alerts: 3",
                        "  ! OPEN      LEFTOVER_ROLLOUT  shop/production/leftover-0");
    }

    @Test
    void showsTheAddressesWhileThePipelineIsNotThereYet() {
        // given
        var snapshot = new Snapshot(ADDRESSES, "starting", Duration.ZERO, 0, 0, Optional.empty());

        // when
        var lines = LiveFrame.lines(snapshot, 80, 24);

        // then
        assertThat(lines).contains("  kafka     127.0.0.1:9092", "  the pipeline does not answer yet");
    }

    @ParameterizedTest(name = "{0} x {1}")
    @CsvSource({"80,23", "40,15", "20,10", "1,1", "200,60"})
    void fitsIntoAnyTerminal(int width, int height) {
        // when
        var lines = LiveFrame.lines(snapshot(30, 9), width, height);

        // then
        assertThat(lines).hasSizeLessThanOrEqualTo(height).allMatch(line -> line.length() <= width);
    }

    @Test
    void keepsRoomForTheAlertsBelowManyExperiments() {
        // when
        var lines = LiveFrame.lines(snapshot(30, 3), 80, 23);

        // then
        assertThat(lines).contains("  ! OPEN      LEFTOVER_ROLLOUT  shop/production/leftover-2");
    }

    @Test
    void saysHowManyAlertsAreNotShown() {
        assertThat(LiveFrame.lines(snapshot(1, 9), 80, 24)).contains("  open alerts: 9", "  and 3 more");
    }

    @Test
    void letsNoControlCharacterOfANameThrough() {
        // given
        var alert = new ActualAlert("a", "LEFTOVER_ROLLOUT", "shop/production/\033[2Jevil", "OPEN", "");
        var snapshot =
                new Snapshot(ADDRESSES, "live", Duration.ZERO, 1, 1, Optional.of(pipeline(List.of(), List.of(alert))));

        // then
        assertThat(LiveFrame.lines(snapshot, 80, 24)).noneMatch(line -> line.contains("\033"));
    }

    @Test
    void redrawsInPlaceOnATerminal() {
        // given
        var bytes = new ByteArrayOutputStream();
        var screen = Screen.of(stream(bytes), true, Map.of("TERM", "xterm", "COLUMNS", "80", "LINES", "24"));
        screen.show(snapshot(2, 1));
        var height = LiveFrame.lines(snapshot(2, 1), 80, 23).size();
        bytes.reset();

        // when
        screen.show(snapshot(2, 1));

        // then
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("\033[" + height + "A\r");
    }

    @Test
    void printsPlainLinesWhereThereIsNoTerminal() {
        // given
        var bytes = new ByteArrayOutputStream();
        var screen = Screen.of(stream(bytes), false, Map.of("TERM", "xterm"));

        // when
        screen.show(snapshot(2, 1));

        // then
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines(
                        "1:05 sending the first part: sent 50,000, counted 45,000, lag 77, open alerts 1");
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static Snapshot snapshot(int experiments, int alerts) {
        var rows = IntStream.range(0, experiments)
                .mapToObj(
                        number -> new Snapshot.Row("shop/production/experiment-" + number, 1_000L - number, "RUNNING"))
                .toList();
        var open = IntStream.range(0, alerts)
                .mapToObj(number -> new ActualAlert(
                        "id-" + number, "LEFTOVER_ROLLOUT", "shop/production/leftover-" + number, "OPEN", ""))
                .toList();
        return new Snapshot(
                ADDRESSES,
                "sending the first part",
                Duration.ofSeconds(65),
                50_000,
                200_000,
                Optional.of(pipeline(rows, open)));
    }

    private static Snapshot.Pipeline pipeline(List<Snapshot.Row> rows, List<ActualAlert> open) {
        return new Snapshot.Pipeline(
                new Conservation(45_330, 45_000, 300, 20, 10, 5, Map.of()),
                1_234,
                "2026-11-01T09:41:17Z",
                77,
                false,
                rows,
                open,
                List.of("acme USD 12.34 in 2026-11, wasted USD 1.00"));
    }
}
