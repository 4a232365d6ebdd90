package dev.afterglow.streams.audit;

import dev.afterglow.streams.text.BadInputException;
import java.util.List;

/** An audit that cannot be made as it was asked for; its message says why, and what can be done. */
public final class AuditRefusedException extends BadInputException {

    private static final long serialVersionUID = 1L;

    AuditRefusedException(String problem) {
        super(problem);
    }

    AuditRefusedException(List<String> problems) {
        super(problems);
    }
}
