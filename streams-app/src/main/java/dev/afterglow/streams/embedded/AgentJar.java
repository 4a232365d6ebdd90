package dev.afterglow.streams.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The jar that carries {@link EndWithParent} into a child process, written when it is needed. */
public final class AgentJar {

    private AgentJar() {}

    /** Writes it. */
    public static void writeTo(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), EndWithParent.class.getName());
        String entry = EndWithParent.class.getName().replace('.', '/') + ".class";
        try (InputStream code = EndWithParent.class.getResourceAsStream("EndWithParent.class");
                OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new JarEntry(entry));
            code.transferTo(jar);
        }
    }
}
