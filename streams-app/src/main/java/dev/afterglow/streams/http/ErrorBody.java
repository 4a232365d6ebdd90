package dev.afterglow.streams.http;

/** What a client gets instead of an answer. */
record ErrorBody(String error, String remedy) {}
