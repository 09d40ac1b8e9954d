// A client with patience: asks each name once, at an even rate, and notes how long its answer took. A file of
// questions has a name and a kind on each line; kinds look like sound/glue or faulty/dead, and are told apart
// in the report. What is not answered, or by an error, counts as long as the client would have waited.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Resolver.Wire;

namespace Resolver.Internet;

internal sealed class FirstTimes : IDisposable
{
    private const double PatienceMilliseconds = 5000;
    private const int MostQuestions = 60_000;

    private readonly Socket _socket;
    private readonly Asked[] _questions;
    private readonly byte[] _buffer = new byte[4096];
    private int _waiting;

    public FirstTimes(IPEndPoint server, IEnumerable<string> lines)
    {
        _questions = [.. lines.Take(MostQuestions).Select(static l => new Asked(l.Split(' ')))];
        _socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        _socket.ReceiveBufferSize = 1 << 20;
        _socket.Connect(server);
    }

    public void Ask(double rate)
    {
        Stopwatch clock = Stopwatch.StartNew();
        for (int sent = 0; sent < _questions.Length;)
        {
            TimeSpan wait = TimeSpan.FromSeconds(sent / rate) - clock.Elapsed;
            if (wait <= TimeSpan.Zero)
            {
                Send((ushort)sent++);
            }
            else
            {
                // The system waits in whole milliseconds; less would be no wait at all.
                TakeReplies(wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1));
            }
        }

        Stopwatch rest = Stopwatch.StartNew();
        while (_waiting > 0 && rest.Elapsed.TotalMilliseconds < PatienceMilliseconds)
        {
            TakeReplies(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>
    /// For all questions, for each group of kinds and for each kind: asked, answered, p50, p90, p99 and
    /// longest time in ms; then every question. The first line says how many queries went upstream.
    /// </summary>
    public IEnumerable<string> Describe(long queries) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"queries {queries} of {_questions.Length}"),
        Describe("all", _questions),
        .. _questions.GroupBy(static q => q.Kind.Split('/')[0]).Select(static g => Describe(g.Key, g)),
        .. _questions.GroupBy(static q => q.Kind).Select(static g => Describe(g.Key, g)),
        .. _questions.Select(static q => string.Create(
            CultureInfo.InvariantCulture, $"question {q.Name} {q.Kind} {q.Rcode} {q.Milliseconds:f2}")),
    ];

    public void Dispose() => _socket.Dispose();

    private static string Describe(string kind, IEnumerable<Asked> questions)
    {
        double[] times = [.. questions.Select(static q => q.Milliseconds).Order()];
        int answered = questions.Count(static q => q.IsAnswered);
        double At(double part) => times[(int)Math.Ceiling(part * times.Length) - 1];
        return string.Create(CultureInfo.InvariantCulture, $"kind {kind} {times.Length} {answered} "
            + $"{At(0.5):f2} {At(0.9):f2} {At(0.99):f2} {At(1):f2}");
    }

    private void Send(ushort id)
    {
        MessageWriter writer = new(_buffer);
        _ = writer.TryWriteQuestion(_questions[id].Name.Wire, RRType.A, RRClass.IN);
        int length = writer.Finish(
            id, MessageHeader.MakeWord(HeaderFlags.RecursionDesired, Opcode.Query, Rcode.NoError));
        _questions[id].SentAt = Stopwatch.GetTimestamp();
        _waiting++;
        _ = _socket.Send(_buffer.AsSpan(0, length));
    }

    private void TakeReplies(TimeSpan wait)
    {
        if (!_socket.Poll(wait, SelectMode.SelectRead))
        {
            return;
        }

        long now = Stopwatch.GetTimestamp();
        while (_socket.Available > 0)
        {
            int length = _socket.Receive(_buffer, SocketFlags.None, out SocketError error);
            if (error != SocketError.Success || !MessageHeader.TryRead(
                _buffer.AsSpan(0, length), out MessageHeader header) || header.Id >= _questions.Length)
            {
                continue;
            }

            if (_questions[header.Id].TryEnd(header, now))
            {
                _waiting--;
            }
        }
    }

    private sealed class Asked(string[] words)
    {
        private double _milliseconds = PatienceMilliseconds;

        public DomainName Name { get; } = DomainName.Parse(words[0]);

        public string Kind { get; } = words[1];

        public long SentAt { get; set; }

        /// <summary>The reply's; -1 for none.</summary>
        public int Rcode { get; private set; } = -1;

        public bool IsAnswered => Rcode is 0 or 3;

        public double Milliseconds => IsAnswered ? _milliseconds : PatienceMilliseconds;

        public bool TryEnd(in MessageHeader header, long now)
        {
            if (Rcode >= 0 || SentAt == 0)
            {
                return false;
            }

            Rcode = header.LowRcode.Value;
            _milliseconds = Stopwatch.GetElapsedTime(SentAt, now).TotalMilliseconds;
            return true;
        }
    }
}
