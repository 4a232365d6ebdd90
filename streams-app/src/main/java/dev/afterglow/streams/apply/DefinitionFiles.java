package dev.afterglow.streams.apply;

import dev.afterglow.streams.text.BadInputException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads definitions from YAML. Nothing is returned unless everything is right. */
public final class DefinitionFiles {

    private static final int LARGEST_FILE_CHARACTERS = 64 * 1024 * 1024;

    private final Shorthands shorthands;
    private final Problems problems = new Problems();
    private final List<Entry<?>> entries = new ArrayList<>();

    private DefinitionFiles(Clock clock) {
        this.shorthands = new Shorthands(clock);
    }

    /**
     * A file that has been read.
     *
     * @param name what errors call it
     * @param text its content
     */
    public record Source(String name, String text) {}

    /**
     * Reads and checks.
     *
     * @param clock gives the time from which an experiment holds when the file does not say
     * @throws BadInputException when anything is wrong; each entry names file, line and field
     */
    public static DefinitionSet read(List<Source> sources, Clock clock) {
        var files = new DefinitionFiles(clock);
        sources.forEach(files::file);
        Checks.between(files.entries, files.problems);
        if (files.problems.count() > 0) {
            throw new BadInputException(files.problems.all());
        }
        return new DefinitionSet(files.entries.stream()
                .sorted(Comparator.comparingInt(DefinitionFiles::order))
                .toList());
    }

    private static int order(Entry<?> entry) {
        return Section.all().stream()
                .map(Section::name)
                .toList()
                .indexOf(entry.section().name());
    }

    private void file(Source source) {
        int before = entries.size() + problems.count();
        var settings = LoadSettings.builder()
                .setLabel(source.name())
                .setCodePointLimit(LARGEST_FILE_CHARACTERS)
                .build();
        try {
            for (var document : new Compose(settings).composeAllFromString(source.text())) {
                document(source.name(), document);
            }
        } catch (MarkedYamlEngineException malformed) {
            int line =
                    malformed.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            problems.add(new Place(source.name(), line), "", "this is no YAML: " + malformed.getProblem());
        } catch (YamlEngineException malformed) {
            problems.add(new Place(source.name(), 0), "", "this is no YAML: " + malformed.getMessage());
        }
        if (entries.size() + problems.count() == before) {
            var names = Section.all().stream().map(Section::name).toList();
            problems.add(
                    new Place(source.name(), 0), "", "there is nothing in it: give at least one of the lists " + names);
        }
    }

    private void document(String file, Node document) {
        if (Scalars.isNull(document)) {
            return;
        }
        if (!(document instanceof MappingNode mapping)) {
            problems.add(Place.of(file, document), "", "write lists here, for example 'projects:'");
            return;
        }
        var fields = new Fields(file, "", mapping, problems);
        for (var section : Section.all()) {
            fields.get(section.name()).ifPresent(list -> list(file, section, list));
        }
        fields.finish(problems);
    }

    private void list(String file, Section<?> section, Node node) {
        if (!(node instanceof SequenceNode sequence)) {
            problems.add(Place.of(file, node), section.name(), "write a list here, each entry after '- '");
            return;
        }
        int index = 0;
        for (var entry : sequence.getValue()) {
            entry(file, section, entry, section.name() + "[" + index++ + "]");
        }
    }

    private <V extends SpecificRecord> void entry(String file, Section<V> section, Node node, String path) {
        var reader = new RecordReader(file, problems, shorthands);
        reader.record(node, section.schema(), path).ifPresent(value -> {
            int before = problems.count();
            var entry = new Entry<>(section, section.type().cast(value), path, reader.places());
            entry.check(problems);
            if (problems.count() == before) {
                entries.add(entry);
            }
        });
    }
}
