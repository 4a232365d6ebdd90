package io.confluent.kafka.schemaregistry.client.rest.exceptions;

/** Stands in for Confluent's class, which is not on Maven Central: the same name and the same form of message. */
public class RestClientException extends Exception {
    private static final long serialVersionUID = 1L;

    public RestClientException(String message, int errorCode) {
        super(message + "; error code: " + errorCode);
    }
}
