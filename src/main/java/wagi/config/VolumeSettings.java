package wagi.config;

import java.nio.file.Path;

/**
 * A directory a guest finds open, under a name of its own.
 *
 * @param write whether guests may change it
 */
public record VolumeSettings(String guestPath, Path directory, boolean write) {}
