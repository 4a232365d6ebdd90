# Kafka's own broker from the jars of the distribution, for tests where apache/kafka cannot be had. It takes the same
# settings as that image (KAFKA_* and CLUSTER_ID) by the same class of Kafka's. Context: streams-app/target/dist/lib.
# Formats its storage at every start: for containers that are started once.
ARG BASE_IMAGE
FROM ${BASE_IMAGE}
RUN mkdir -p /etc/kafka /var/lib/kafka/data /mnt/shared/config && chown -R 1000:1000 /etc/kafka /var/lib/kafka
RUN printf '%s\n' \
    '<configuration>' \
    '  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">' \
    '    <encoder><pattern>[%d] %level %msg \(%logger\)%n</pattern></encoder>' \
    '  </appender>' \
    '  <root level="INFO"><appender-ref ref="out"/></root>' \
    '</configuration>' >/etc/kafka/logback.xml
COPY . /opt/kafka/libs
ENV CLASSPATH=/etc/kafka:/opt/kafka/libs/*
USER 1000:1000
EXPOSE 9092
CMD ["sh", "-c", "java kafka.docker.KafkaDockerWrapper setup --default-configs-dir /mnt/shared/config --mounted-configs-dir /mnt/shared/config --final-configs-dir /etc/kafka && exec java -Xmx512m kafka.Kafka /etc/kafka/server.properties"]
