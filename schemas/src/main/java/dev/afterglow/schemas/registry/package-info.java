/**
 * Where schemas are looked up and registered: the Confluent REST API over HTTP, or a registry in memory for tests.
 *
 * <p>The room's one promise is that three kinds of failure are never mixed up: {@link
 * dev.afterglow.schemas.registry.PoisonException} (this record is bad, its neighbours are not), {@link
 * dev.afterglow.schemas.registry.RegistryUnavailableException} (the registry is, so wait) and {@link
 * dev.afterglow.schemas.registry.RegistryRefusedException} (somebody has to change something first).
 */
package dev.afterglow.schemas.registry;
