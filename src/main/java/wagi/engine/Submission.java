package wagi.engine;

/** What {@link Engine#submit} answers at once. */
public sealed interface Submission permits Ticket, Rejection {}
