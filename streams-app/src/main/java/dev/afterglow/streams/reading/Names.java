package dev.afterglow.streams.reading;

import java.util.HashMap;
import java.util.Map;

/**
 * Names of variants by their fingerprints, each text once for all who share it: with tens of thousands of experiments
 * they are most of what the counts hold. For one thread.
 */
final class Names {
    private static final int PROJECTS_KEPT = 256;

    private final TextCache<Name.Text> projects = new TextCache<>(TextField.PROJECT, PROJECTS_KEPT, Name.Text::of);
    private final TextCache<Name.Text> environments =
            new TextCache<>(TextField.ENVIRONMENT, PROJECTS_KEPT, Name.Text::of);
    private final Map<Long, Name.Experiment> experiments = new HashMap<>();
    private final Map<Long, Name> names = new HashMap<>();
    private final Fingerprint fingerprint;
    private final int kept;

    /** @param kept how many are known at most; then all are forgotten */
    Names(Fingerprint fingerprint, int kept) {
        this.fingerprint = fingerprint;
        this.kept = kept;
    }

    /** @param event whose project, environment, experiment and variant are present and valid */
    Name of(EventView event) {
        long hash = fingerprint.nameOf(event);
        var found = names.get(hash);
        if (found != null && found.isOf(event)) {
            return found;
        }
        if (names.size() >= kept) {
            names.clear();
            experiments.clear();
        }
        var name = new Name(experimentOf(event), Name.Text.of(event.text(TextField.VARIANT)));
        names.put(hash, name);
        return name;
    }

    private Name.Experiment experimentOf(EventView event) {
        long hash = fingerprint.experimentOf(event);
        var found = experiments.get(hash);
        if (found != null && found.isOf(event)) {
            return found;
        }
        var experiment = Name.Experiment.of(
                projects.of(event), environments.of(event), Name.Text.of(event.text(TextField.EXPERIMENT)));
        experiments.put(hash, experiment);
        return experiment;
    }
}
