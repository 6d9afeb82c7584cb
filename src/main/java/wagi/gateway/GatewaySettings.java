package wagi.gateway;

import wagi.message.IncidentListener;

/**
 * What every request of a gateway has in common.
 *
 * @param bodyLimit for requests that no route takes, so that their body can be passed over
 * @param dev whether failures are explained to the client
 */
public record GatewaySettings(
    long bodyLimit,
    boolean dev,
    RequestListener requests,
    StderrListener stderr,
    IncidentListener incidents) {}
