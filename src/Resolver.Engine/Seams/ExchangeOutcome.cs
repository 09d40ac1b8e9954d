// The closed set of ways in which an exchange with a name server ends.
using System;
using System.Buffers;

namespace Resolver.Engine;

/// <summary>How an exchange ended, made for the next decision of the selector.</summary>
internal enum ExchangeStatus : byte
{
    /// <summary>A reply that matches the query (its content is not judged yet).</summary>
    Reply,

    /// <summary>Nothing that matches came within the timeout.</summary>
    TimedOut,

    /// <summary>The local system could not send: no route, no address of that family.</summary>
    Unreachable,

    /// <summary>TCP: the server refused the connection.</summary>
    ConnectionRefused,

    /// <summary>TCP: the connection ended before a whole reply.</summary>
    ConnectionClosed,

    /// <summary>UDP: more mismatching replies than the limit; ask again by TCP (RFC 5452 §9.3).</summary>
    TooManyMismatches,

    /// <summary>TCP: a reply to another question than the only one on the connection.</summary>
    WrongReply,

    /// <summary>The local system has no socket or port left.</summary>
    SocketsExhausted,

    /// <summary>The loop is stopping.</summary>
    Stopped,
}

/// <summary>
/// The end of one exchange. Owns the pooled octets of the reply until disposed; do not copy it and dispose
/// twice.
/// </summary>
internal readonly struct ExchangeOutcome : IDisposable
{
    private readonly byte[]? _rented;
    private readonly int _length;

    /// <summary>An outcome without a reply.</summary>
    public ExchangeOutcome(ExchangeStatus status, TimeSpan elapsed, int mismatches = 0)
    {
        Status = status;
        Elapsed = elapsed;
        Mismatches = mismatches;
    }

    /// <summary>
    /// A reply in an array rented from <see cref="ArrayPool{T}.Shared"/>, which the outcome now owns.
    /// </summary>
    public ExchangeOutcome(byte[] rented, int length, TimeSpan elapsed, int mismatches)
    {
        Status = ExchangeStatus.Reply;
        Elapsed = elapsed;
        Mismatches = mismatches;
        _rented = rented;
        _length = length;
    }

    /// <summary>How the exchange ended.</summary>
    public ExchangeStatus Status { get; }

    /// <summary>Time from sending to the end; for a reply, the round trip.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Count of datagrams that arrived for this exchange and did not match.</summary>
    public int Mismatches { get; }

    /// <summary>
    /// True when one of them differed in nothing but the case of the question's letters: the server does not
    /// keep it, or someone has guessed all but the case. Asking again without 0x20 should be done by TCP.
    /// </summary>
    public bool CaseDiffered { get; init; }

    /// <summary>
    /// True when one of them differed in nothing but the cookie that its server is known to send: it may
    /// have ceased to, or someone has guessed the rest. TCP tells the two apart.
    /// </summary>
    public bool CookieLacked { get; init; }

    /// <summary>
    /// The reply's octets; empty unless <see cref="Status"/> is Reply. Valid until disposed.
    /// </summary>
    public ReadOnlySpan<byte> Reply => _rented.AsSpan(0, _length);

    /// <summary>
    /// Puts <paramref name="name"/> in the place of the question's name, which differs in case alone: names
    /// of the reply that point into the question must not carry its random letter case into the caches.
    /// </summary>
    public void RestoreQuestion(ReadOnlySpan<byte> name)
    {
        const int QuestionAt = 12;
        const int QuestionCountAt = 5;
        if (_length >= QuestionAt + name.Length && _rented![QuestionCountAt] == 1)
        {
            name.CopyTo(_rented.AsSpan(QuestionAt));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }
}
