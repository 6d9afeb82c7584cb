package wagi.config;

import java.nio.file.Path;

/** A directory a guest may read, under a name of its own. */
public record VolumeSettings(String guestPath, Path directory) {}
