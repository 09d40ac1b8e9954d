// Replies that invite to ask again for ever, or to work for long.
using System.Globalization;
using System.Net;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>Writes replies without end.</summary>
internal static class EndlessTraps
{
    private static readonly Rcode[] Errors =
    [
        Rcode.BadCookie, Rcode.FormErr, Rcode.NotImp, Rcode.Refused, Rcode.ServFail, Rcode.BadVers,
        Rcode.YXDomain,
    ];

    /// <summary>The tricks.</summary>
    public static Trick[] Tricks { get; } =
    [
        new("errors without end (17)", Fail),
        new("TC by UDP and TCP (17)", static (_, draft) => draft.Flags |= HeaderFlags.Truncated),
        new("alias circles, growing names (19)", Turn),
        new("huge sets (28)", Swell),
    ];

    private static void Fail(EvilZone zone, Draft draft)
    {
        draft.Clear().Rcode = Errors[zone.Random.NextBelow(Errors.Length)];
        draft.Options = [0, 10, 0, 16, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
    }

    private static void Turn(EvilZone zone, Draft draft)
    {
        _ = draft.Clear();
        DomainName other = Lies.Below(
            string.Create(CultureInfo.InvariantCulture, $"t{zone.Random.NextBelow(3)}"), zone.Name);
        switch (zone.Random.NextBelow(4))
        {
            case 0:
                draft.Add(MessageSection.Answer, draft.Name, RRType.Cname, draft.Name);
                return;
            case 1:
                draft.Add(MessageSection.Answer, draft.Name, RRType.Cname, other);
                draft.Add(MessageSection.Answer, other, RRType.Cname, draft.Name);
                return;
            case 2:
                // Each turn makes the name longer.
                DomainName longer = Lies.Below(new string('g', 40), draft.Name);
                DomainName below = Lies.Below(new string('d', 40), zone.Name);
                draft.Add(MessageSection.Answer, zone.Name, RRType.Dname, below);
                draft.Add(MessageSection.Answer, draft.Name, RRType.Cname, longer);
                return;
            default:
                // AliasMode: priority 0 and a target.
                draft.Add(MessageSection.Answer, draft.Name, RRType.Https, [0, 0, .. other.Wire]);
                draft.Add(MessageSection.Additional, other, RRType.Https, [0, 0, .. draft.Name.Wire]);
                return;
        }
    }

    private static void Swell(EvilZone zone, Draft draft)
    {
        _ = draft.Clear();
        bool isAddresses = draft.Type == RRType.A || zone.Random.Chance(0.5);
        int count = isAddresses ? 3000 : 200;
        byte[] text = [255, .. new byte[255]];
        for (int number = 0; number < count; number++)
        {
            text[1] = (byte)number;
            byte[] address = [11, 0, (byte)(number >> 8), (byte)number];
            if (isAddresses)
            {
                draft.Add(MessageSection.Answer, draft.Name, new IPAddress(address));
            }
            else
            {
                draft.Add(MessageSection.Answer, draft.Name, RRType.Txt, [.. text]);
            }
        }
    }
}
