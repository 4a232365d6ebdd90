package dev.afterglow.streams.http;

import io.javalin.http.Context;
import java.util.List;

/** Whether an answer is for programs or for people. */
enum Format {
    JSON,
    TEXT;

    /** @throws ApiException when the query asks for something else */
    static Format of(Context context) {
        var format = context.queryParam("format");
        if (format == null || format.equals("json")) {
            return JSON;
        }
        if (format.equals("text")) {
            return TEXT;
        }
        throw ApiException.badRequest("format '" + format + "' is not known", "write ?format=json or ?format=text");
    }

    /** Answers with lines of text. */
    static void answer(Context context, List<String> lines) {
        context.contentType("text/plain; charset=utf-8")
                .header("Cache-Control", "no-store")
                .result(String.join("\n", lines) + "\n");
    }
}
