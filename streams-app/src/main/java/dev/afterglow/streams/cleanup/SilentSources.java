package dev.afterglow.streams.cleanup;

import dev.afterglow.alerts.operators.OperatorAlerts;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.SourceState;
import dev.afterglow.streams.flow.AlertSender;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Tells operators of projects whose traffic has stopped as a whole: nothing for 24 h, though there was some in the same
 * 24 h a week before, so that no weekend is taken for it. It is told of once, and again when traffic is back.
 */
final class SilentSources {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    /** Of so few a week before, a day without any proves nothing. */
    private static final long LEAST = 100;

    private final KeyValueStore<String, SourceState> sources;
    private final TrafficBook traffic;
    private final AlertSender alerts;

    SilentSources(KeyValueStore<String, SourceState> sources, TrafficBook traffic, AlertSender alerts) {
        this.sources = sources;
        this.traffic = traffic;
        this.alerts = alerts;
    }

    /**
     * From now on the source is looked at; but a backfill of times long past begins nothing.
     *
     * @param watermark that of the time of the news
     */
    void hear(String project, String environment, Instant hour, Optional<Instant> watermark) {
        String key = project + '/' + environment;
        boolean isRecent = watermark.map(now -> hour.isAfter(now.minus(WEEK))).orElse(true);
        if (isRecent && sources.get(key) == null) {
            sources.put(key, new SourceState(hour.plus(HOUR).plus(DAY), null, null, 0L));
        }
    }

    /** Looks at the sources for which it is time, up to a full hour whose traffic is complete. */
    void look(Instant upTo) {
        var due = new ArrayList<KeyValue<String, SourceState>>();
        try (var all = sources.all()) {
            all.forEachRemaining(source -> {
                if (!source.value.getNextCheck().isAfter(upTo)) {
                    due.add(source);
                }
            });
        }
        due.forEach(source -> sources.put(source.key, follow(source.key, source.value, upTo)));
    }

    private SourceState follow(String key, SourceState before, Instant upTo) {
        var state = before;
        while (!state.getNextCheck().isAfter(upTo)) {
            state = check(key.substring(0, key.indexOf('/')), key.substring(key.indexOf('/') + 1), state);
        }
        return state;
    }

    private SourceState check(String project, String environment, SourceState state) {
        var at = state.getNextCheck();
        var heardUntil = traffic.projectHeardUntil(project, environment, at);
        if (heardUntil.isAfter(at.minus(DAY))) {
            if (state.getSilentAt() != null) {
                tellOfTheEnd(project, environment, state, at);
            }
            return new SourceState(heardUntil.plus(DAY), null, null, 0L);
        }
        long usual = traffic.projectSum(project, environment, at.minus(DAY).minus(WEEK), at.minus(WEEK));
        if (state.getSilentAt() == null && usual >= LEAST) {
            alerts.send(OperatorAlerts.silent(project, environment, heardUntil, usual, at));
            return new SourceState(at.plus(HOUR), at, heardUntil, usual);
        }
        return SourceState.newBuilder(state).setNextCheck(at.plus(HOUR)).build();
    }

    private void tellOfTheEnd(String project, String environment, SourceState state, Instant at) {
        var alert = OperatorAlerts.silent(
                project, environment, state.getHeardUntil(), state.getUsual(), state.getSilentAt());
        alerts.send(OperatorAlerts.resolved(
                alert,
                Resolution.REACTIVATED,
                at,
                Map.of("silentSince", state.getHeardUntil().toString())));
    }
}
