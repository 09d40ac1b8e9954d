// Requests about negative trust anchors (RFC 7646): begun for a while, ended, listed. What was judged before
// a change is forgotten; what is learned under an anchor ends with it. The configuration keeps its own.
using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>Answers requests about the negative anchors of one running resolver. Thread-safe.</summary>
internal sealed class NegativeAnchorRequests(ServedResolver served, ILogger log)
{
    private ResolverWorks Works => served.Resolver.Works;

    private NegativeTrustAnchors Anchors => Works.Trust.Negative;

    // The clock by which they end.
    private long Now => Works.Engines[0].Parts.Loop.Time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Begins one, or makes it last for so long from now.</summary>
    public async Task<ControlReply> AddAsync(string text, string span, CancellationToken cancellation)
    {
        if (!DomainName.TryParse(text, out DomainName name))
        {
            return new ControlReply(false, $"'{text}' is no domain name");
        }

        if (!int.TryParse(span, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            || seconds is < 1 or > NegativeTrustAnchors.MaxSeconds)
        {
            return new ControlReply(
                false, "a negative trust anchor lasts for a second at least and a day at most");
        }

        if (Anchors.IsConfigured(name))
        {
            return new ControlReply(false, $"{name} stands in the configuration, and lasts as long as that");
        }

        _ = Anchors.Sweep(Now);
        DateTimeOffset end = DateTimeOffset.FromUnixTimeSeconds(Anchors.Add(name, Now, seconds));
        await Works.DistrustAsync([name]).WaitAsync(cancellation);
        ServerLog.NegativeAnchorBegun(log, name.ToString(), end);
        return new ControlReply(true, string.Create(
            CultureInfo.InvariantCulture, $"{name} and everything below it is not judged until {end:u}.\n"));
    }

    /// <summary>Ends one.</summary>
    public async Task<ControlReply> RemoveAsync(string text, CancellationToken cancellation)
    {
        if (!DomainName.TryParse(text, out DomainName name))
        {
            return new ControlReply(false, $"'{text}' is no domain name");
        }

        if (Anchors.IsConfigured(name))
        {
            return new ControlReply(
                false, $"{name} stands in the configuration, and has to be taken out there");
        }

        _ = Anchors.Sweep(Now);
        if (!Anchors.Remove(name))
        {
            return new ControlReply(false, $"there is no negative trust anchor at {name}");
        }

        await Works.DistrustAsync([name]).WaitAsync(cancellation);
        ServerLog.NegativeAnchorEnded(log, name.ToString());
        return new ControlReply(true, $"{name} and everything below it is judged again.\n");
    }

    /// <summary>All in force.</summary>
    public ControlReply List()
    {
        _ = Anchors.Sweep(Now);
        StringBuilder text = new();
        foreach ((DomainName name, long end) in Anchors.All.OrderBy(static a => a.Key.ToString()))
        {
            string until = end == long.MaxValue
                ? "as long as the configuration has it"
                : string.Create(
                    CultureInfo.InvariantCulture, $"until {DateTimeOffset.FromUnixTimeSeconds(end):u}");
            text.Append(name).Append(' ').Append(until).Append('\n');
        }

        return new ControlReply(true, text.Length == 0 ? "none\n" : text.ToString());
    }
}
