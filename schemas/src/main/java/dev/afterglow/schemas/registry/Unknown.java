package dev.afterglow.schemas.registry;

import org.apache.avro.Schema;

/** What is said when a registry does not have the thing, in one voice for all kinds of registry. */
final class Unknown {
    private Unknown() {}

    static PoisonException id(int id) {
        return new PoisonException(
                PoisonException.Reason.UNKNOWN_SCHEMA_ID, "The schema registry knows no schema with id " + id);
    }

    static RegistryRefusedException schema(String url, String subject, Schema schema) {
        return new RegistryRefusedException("The schema registry at " + url + " does not have this version of "
                + schema.getFullName() + " under subject " + subject
                + ": register it first, or set auto.register.schemas=true");
    }

    static RegistryRefusedException subject(String url, String subject) {
        return new RegistryRefusedException("The schema registry at " + url + " has no subject " + subject
                + ": register a schema under it first, or set auto.register.schemas=true");
    }
}
