package dev.afterglow.streams.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What a client gets whose request is refused before it reaches a route: a malformed one, say. */
final class JettyErrors extends ErrorHandler {

    private static final byte[] BODY =
            "{\"error\":\"the request is malformed\",\"remedy\":\"see / for what there is to ask for\"}"
                    .getBytes(StandardCharsets.UTF_8);

    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(BODY), callback);
    }
}
