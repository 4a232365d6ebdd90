package dev.afterglow.streams.cli;

import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns exceptions into lines for people and exit codes: {@value ExitCode#USAGE} for input that cannot be used, and for
 * everything else what the command says, {@value ExitCode#SOFTWARE} by default. The trace is shown with {@code --verbose} only.
 */
public final class CliErrors implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private static final int DEEPEST = 20;
    private static final String VERBOSE = "--verbose";

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        var err = command.getErr();
        lines(exception).forEach(line -> err.println("afterglow " + command.getCommandName() + ": " + line));
        if (isVerbose(parsed)) {
            exception.printStackTrace(err);
        }
        err.flush();
        return exception instanceof BadInputException
                ? ExitCode.USAGE
                : command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** Without the whole help: what is wrong would scroll away. */
    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        var command = exception.getCommandLine();
        var err = command.getErr();
        var name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + exception.getMessage());
        UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("Try '" + name + " --help'.");
        err.flush();
        return ExitCode.USAGE;
    }

    private static List<String> lines(Exception exception) {
        return exception instanceof BadInputException bad ? bad.problems() : List.of(line(exception));
    }

    /** Libraries wrap: the outermost says what it meant; what happened, and the remedy, is said by ours below, or else last. */
    private static String line(Throwable exception) {
        var outer = text(exception);
        var causes = causes(exception);
        var inner = causes.stream()
                .filter(cause -> cause.getClass().getName().startsWith("dev.afterglow."))
                .findFirst()
                .or(() -> causes.stream().reduce((first, second) -> second))
                .map(CliErrors::text)
                .orElse("");
        return outer.contains(inner) ? outer : outer + " (" + inner + ")";
    }

    private static List<Throwable> causes(Throwable exception) {
        return Stream.iterate(exception.getCause(), Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .toList();
    }

    private static String text(Throwable exception) {
        if (exception instanceof NoSuchFileException missing) {
            return missing.getMessage() + " does not exist";
        }
        var named = exception.getMessage() == null || exception instanceof IOException;
        return named
                ? exception.getClass().getSimpleName()
                        + (exception.getMessage() == null ? "" : ": " + exception.getMessage())
                : exception.getMessage();
    }

    private static boolean isVerbose(ParseResult parsed) {
        return parsed.hasMatchedOption(VERBOSE) || parsed.hasSubcommand() && isVerbose(parsed.subcommand());
    }
}
