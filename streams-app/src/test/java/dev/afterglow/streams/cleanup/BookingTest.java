package dev.afterglow.streams.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.state.HourTraffic;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.state.VariantQuarters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BookingTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    private final Booking booking = new Booking();

    @Test
    void tellsNewTrafficAsItIs() {
        // when
        booking.change(NOON, null, hour("acme", 0, 1, 0, 2, 0));

        // then
        assertThat(booking.differences())
                .isEqualTo(Map.of(
                        "acme",
                        List.of(new UsageQuarter(NOON, 1L, 0L), new UsageQuarter(NOON.plusSeconds(1800), 2L, 0L))));
    }

    @Test
    void tellsWhatBecameALeftoverAndWhatIsNoneAnyMore() {
        // when bit 0 is exchanged for bit 3
        booking.change(NOON, hour("acme", 1, 5, 6, 7, 8), hour("acme", 8, 5, 6, 7, 8));

        // then
        assertThat(booking.differences())
                .isEqualTo(Map.of(
                        "acme",
                        List.of(new UsageQuarter(NOON, 0L, -5L), new UsageQuarter(NOON.plusSeconds(2700), 0L, 8L))));
    }

    @Test
    void movesTrafficFromOneAccountToAnotherExactly() {
        // when
        booking.change(NOON, hour("old", 1, 5, 0, 0, 0), hour("new", 1, 5, 0, 0, 0));

        // then
        assertThat(booking.differences())
                .isEqualTo(Map.of(
                        "old", List.of(new UsageQuarter(NOON, -5L, -5L)),
                        "new", List.of(new UsageQuarter(NOON, 5L, 5L))));
    }

    @Test
    void saysNothingWhereNothingChanged() {
        // when
        booking.change(NOON, hour("acme", 1, 5, 0, 0, 0), hour("acme", 1, 5, 0, 0, 0));

        // then
        assertThat(booking.differences()).isEmpty();
    }

    @Test
    void saysNothingToEverybodyWhenAskedTo() {
        // given
        booking.change(NOON, hour("acme", 1, 5, 0, 0, 0), hour("acme", 1, 5, 0, 0, 0));

        // when
        booking.tellAll();

        // then
        assertThat(booking.differences()).isEqualTo(Map.of("acme", List.of()));
    }

    private static HourTraffic hour(String account, int leftovers, long... quarters) {
        var list = List.of(quarters[0], quarters[1], quarters[2], quarters[3]);
        return new HourTraffic(List.of(new VariantQuarters("blue", list)), account, leftovers, 0L, 0L);
    }
}
