package dev.afterglow.streams.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Where the CPU went, from a flight recording: execution samples by class of the innermost frame that is not the JDK's. */
final class Profile {

    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final int SHOWN = 25;

    private Profile() {}

    /** The classes with most samples, one a line; says why when there is none. */
    static List<String> lines(Path recording) {
        var samples = new HashMap<String, Integer>();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                if (event.getEventType().getName().equals(SAMPLE) && event.getStackTrace() != null) {
                    samples.merge(place(event), 1, Integer::sum);
                }
            }
        } catch (IOException e) {
            return List.of("the flight recording cannot be read: " + e.getMessage());
        }
        var all = samples.values().stream().mapToInt(Integer::intValue).sum();
        var lines = new ArrayList<String>();
        lines.add("Where Java code of Afterglow spent its time (" + all + " samples; " + recording + ")");
        top(samples)
                .forEach(entry -> lines.add(
                        String.format(Locale.ROOT, "%5.1f %%  %s", 100.0 * entry.getValue() / all, entry.getKey())));
        return lines;
    }

    private static Stream<Map.Entry<String, Integer>> top(Map<String, Integer> samples) {
        return samples.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN);
    }

    private static String place(RecordedEvent event) {
        return event.getStackTrace().getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName())
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun."))
                .findFirst()
                .orElse("the JDK alone");
    }
}
