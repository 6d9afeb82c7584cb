package wagi.gateway;

import java.util.List;
import wagi.cgi.Argv;
import wagi.cgi.CgiSettings;
import wagi.engine.GuestModule;
import wagi.engine.Preopen;

/**
 * What a route leads to: a module, and how a request becomes an invocation of it.
 *
 * @param bodyLimit bytes of a request body
 * @param headerLimit bytes of the header block that the guest may print
 */
public record Served(
    GuestModule module,
    String entrypoint,
    Argv argv,
    CgiSettings cgi,
    List<Preopen> preopens,
    long bodyLimit,
    int headerLimit,
    IgnoredLines ignoredLines) {}
