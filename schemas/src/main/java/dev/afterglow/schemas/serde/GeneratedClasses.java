package dev.afterglow.schemas.serde;

import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Lets Avro make instances of classes that Avro generated.
 *
 * <p>Since 1.12.2 Avro instantiates no class by name that it was not told to trust, since a schema from outside could
 * name any class. Generated records, enums and fixeds only hold data, so all of them are trusted, and nothing else. The
 * setting is Avro's own and holds for the whole process; what others have set is kept.
 *
 * <p>Every typed serde here sees to it. Code that uses a generated builder before there is a serde has to call {@link
 * #trust()} first: a builder fills in an enum's default by the same way.
 */
public final class GeneratedClasses {
    private GeneratedClasses() {}

    /** Makes Avro trust generated classes, in addition to what it trusts already. May be called any number of times. */
    public static void trust() {
        ClassSecurityPredicate current = ClassSecurityValidator.getGlobal();
        if (!(current instanceof Trusting)) {
            ClassSecurityValidator.setGlobal(new Trusting(current));
        }
    }

    private record Trusting(ClassSecurityPredicate others) implements ClassSecurityPredicate {
        @Override
        public boolean isTrusted(Class<?> type) {
            return SpecificRecord.class.isAssignableFrom(type)
                    || SpecificFixed.class.isAssignableFrom(type)
                    || GenericEnumSymbol.class.isAssignableFrom(type)
                    || others.isTrusted(type);
        }
    }
}
