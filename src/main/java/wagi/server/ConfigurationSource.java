package wagi.server;

import wagi.config.ConfigException;
import wagi.config.Configuration;
import wagi.config.Inputs;

/** Where a configuration comes from, so that it can be read again. */
public interface ConfigurationSource {
  /** Reads everything. */
  Configuration read(Inputs inputs) throws ConfigException;

  /** Reads the files of {@code --conf-dir} anew; the rest is as it was. */
  Configuration fragments(Configuration as, Inputs inputs) throws ConfigException;
}
