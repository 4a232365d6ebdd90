package dev.afterglow.schemas.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * A registry in memory, for tests: one id per schema across all subjects, from 1, as Confluent's. It checks no
 * compatibility and knows no outage.
 */
public final class InMemorySchemaRegistry implements SchemaRegistry {
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> versions = new LinkedHashMap<>();

    /** An empty registry. */
    public InMemorySchemaRegistry() {}

    @Override
    public synchronized Schema byId(int id) {
        if (id < 1 || id > schemas.size()) {
            throw Unknown.id(id);
        }
        return schemas.get(id - 1);
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        Schema clean = CleanSchema.of(schema);
        int known = schemas.indexOf(clean);
        if (known < 0) {
            schemas.add(clean);
            known = schemas.size() - 1;
        }
        List<Integer> ids = versions.computeIfAbsent(subject, any -> new ArrayList<>());
        if (!ids.contains(known + 1)) {
            ids.add(known + 1);
        }
        return known + 1;
    }

    @Override
    public synchronized int lookUp(String subject, Schema schema) {
        int id = schemas.indexOf(CleanSchema.of(schema)) + 1;
        if (!versions.getOrDefault(subject, List.of()).contains(id)) {
            throw Unknown.schema("mock", subject, schema);
        }
        return id;
    }

    @Override
    public synchronized RegisteredSchema latest(String subject) {
        List<Integer> ids = versions.get(subject);
        if (ids == null) {
            throw Unknown.subject("mock", subject);
        }
        int id = ids.get(ids.size() - 1);
        return new RegisteredSchema(subject, id, ids.size(), schemas.get(id - 1));
    }

    /** Takes any level and checks none. */
    @Override
    public void setCompatibility(String subject, String level) {}

    @Override
    public void close() {
        // Nothing is held open, and whoever shares this registry may go on.
    }
}
