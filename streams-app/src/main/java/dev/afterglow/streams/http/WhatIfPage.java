package dev.afterglow.streams.http;

import dev.afterglow.alerts.whatif.Answer;
import dev.afterglow.alerts.whatif.WhatIfText;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.streams.apply.DefinitionFiles;
import dev.afterglow.streams.text.BadInputException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.concurrent.Semaphore;

/** What a changed policy would have raised over the history kept. */
final class WhatIfPage {

    private static final List<String> TYPES = List.of("application/yaml", "application/json");
    private static final int MOST = 10_000;

    private final HttpSources sources;

    /** A replay takes a processor for as long as it lasts: one is enough beside the flow. */
    private final Semaphore turn = new Semaphore(1);

    WhatIfPage(HttpSources sources) {
        this.sources = sources;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/api/v1/cases/what-if", this::whatIf);
    }

    private void whatIf(Context context) {
        Posted.require(context, "policy", TYPES);
        var format = Format.of(context);
        int limit = Limit.of(context, MOST);
        var answer = answer(policies(context), limit);
        if (format == Format.TEXT) {
            Format.answer(context, WhatIfText.lines(answer));
        } else {
            Json.answer(context, answer);
        }
    }

    /** What a file of {@code afterglow apply} says, JSON being YAML. */
    private List<ProjectPolicy> policies(Context context) {
        try {
            var body = List.of(new DefinitionFiles.Source("body", context.body()));
            var policies = DefinitionFiles.read(body, sources.clock()).values(ProjectPolicy.class);
            if (policies.isEmpty()) {
                throw ApiException.badRequest(
                        "there is no policy in the body", "give the policies to try in the list 'projects'");
            }
            return policies;
        } catch (BadInputException e) {
            throw ApiException.badRequest(String.join("; ", e.problems()), "put that right and send it again");
        }
    }

    private Answer answer(List<ProjectPolicy> policies, int limit) {
        if (!turn.tryAcquire()) {
            throw ApiException.unavailable(
                    "somebody else is being answered, and there is one replay at a time", "ask again in a minute");
        }
        try {
            return new WhatIfRun(sources, limit).answer(policies);
        } finally {
            turn.release();
        }
    }
}
