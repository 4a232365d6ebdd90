package dev.afterglow.streams.http;

import io.javalin.http.Context;

/** How many rows somebody wants. */
final class Limit {

    private Limit() {}

    /**
     * What the query says, or the most there are.
     *
     * @throws ApiException when it is no number from 1 to the most
     */
    static int of(Context context, int most) {
        var text = context.queryParam("limit");
        if (text == null) {
            return most;
        }
        if (!text.matches("[1-9][0-9]{0,8}") || Integer.parseInt(text) > most) {
            throw ApiException.badRequest("limit '" + text + "' is no number from 1 to " + most, "write ?limit=100");
        }
        return Integer.parseInt(text);
    }
}
