package dev.afterglow.streams.http;

import io.javalin.http.Context;
import java.util.List;

/** What a request that is not a mere question has to look like. */
final class Posted {

    private Posted() {}

    /**
     * Refuses what a browser may have sent in somebody's name.
     *
     * @param what the body is called in the answer
     * @param types the content types that are taken; a form of another site can send none of them
     * @throws ApiException when it is another type, or sent by a page
     */
    static void require(Context context, String what, List<String> types) {
        var type = context.contentType();
        if (type == null || types.stream().noneMatch(type::startsWith)) {
            throw ApiException.badRequest(
                    "the body is no " + what, "send it with Content-Type: " + String.join(" or ", types));
        }
        if (context.header("Origin") != null) {
            // Browsers say so, programs do not: none of our pages posts, and no other shall in somebody's name.
            throw ApiException.forbidden("pages in a browser cannot act", "send it from a program, or with curl");
        }
    }
}
