// One line of the table of cases: a question and what any right resolver answers.

using System.Collections.Generic;

namespace Resolver.Interop;

internal sealed record Case(
    Question Question, CaseOptions Options, string Rcode, IReadOnlyList<ExpectedAnswer> Answers);

/// <summary>One expected record; or, with a count, that many different records of its type.</summary>
internal sealed record ExpectedAnswer(Answer Record, int Count)
{
    public bool IsCount => Count > 0;
}

/// <summary>The third column of the table.</summary>
internal sealed record CaseOptions
{
    /// <summary>
    /// The answer exceeds 1232 octets: over UDP it comes truncated, and the client asks over TCP.
    /// </summary>
    public bool ExpectTruncation { get; set; }

    /// <summary>
    /// Some name server on the way has no IPv6 address: SERVFAIL on a host with IPv6 alone.
    /// </summary>
    public bool NeedsIPv4 { get; set; }

    /// <summary>A name answered by the resolver itself (RFC 6761): it may say AA.</summary>
    public bool Local { get; set; }

    /// <summary>
    /// The two rcodes are equally right: SERVFAIL or the one written (an alias loop, for example).
    /// </summary>
    public bool OrServfail { get; set; }

    /// <summary>Only dig and kdig can ask this as written.</summary>
    public bool SkipNslookup { get; set; }

    /// <summary>The data is secure, and the resolver says so.</summary>
    public bool ExpectAuthentic { get; set; }

    /// <summary>The one extended error (RFC 8914) of the reply; empty: none is asked about.</summary>
    public string ExtendedError { get; set; } = "";

    /// <summary>The authority section holds a record of this type, with a signature; empty: of any.</summary>
    public string Proof { get; set; } = "";

    /// <summary>Options handed to dig and kdig, such as +tcp.</summary>
    public string ClientOptions { get; set; } = "";
}
