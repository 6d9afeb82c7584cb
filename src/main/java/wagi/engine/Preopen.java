package wagi.engine;

import java.nio.file.Path;

/** A host directory that a guest finds open when it starts, under a name of its own. */
public record Preopen(String guestPath, Path hostPath, boolean writable) {}
