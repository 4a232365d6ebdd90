# Apicurio Registry as Maven Central has it, for tests where its image cannot be had. Schemas are kept in memory.
# Context: streams-app/target/dist/registry.
ARG BASE_IMAGE
FROM ${BASE_IMAGE}
COPY . /opt/registry
USER 1000:1000
WORKDIR /tmp
ENV QUARKUS_HTTP_HOST=0.0.0.0
EXPOSE 8080
CMD ["sh", "-c", "exec java -Xmx256m -jar /opt/registry/apicurio-registry-app-*-runner.jar"]
