package dev.afterglow.streams.http;

/** An answer that is an error: a status, what is wrong, and what to do about it. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String remedy;

    private ApiException(int status, String error, String remedy) {
        super(error);
        this.status = status;
        this.remedy = remedy;
    }

    static ApiException badRequest(String error, String remedy) {
        return new ApiException(400, error, remedy);
    }

    static ApiException notFound(String error, String remedy) {
        return new ApiException(404, error, remedy);
    }

    static ApiException forbidden(String error, String remedy) {
        return new ApiException(403, error, remedy);
    }

    static ApiException conflict(String error, String remedy) {
        return new ApiException(409, error, remedy);
    }

    static ApiException unavailable(String error, String remedy) {
        return new ApiException(503, error, remedy);
    }

    int status() {
        return status;
    }

    String remedy() {
        return remedy;
    }
}
