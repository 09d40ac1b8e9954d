// Step 9, at the borders of configured zones: what servers outside a forward or stub zone say of names in it
// is not believed, though the names lie inside the zone they serve. Without it a CNAME in com. with an
// address for a name of a local corp.com. beside it would speak for corp.com.
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Cuts replies at the borders of configured zones.</summary>
internal static class ZoneBorder
{
    /// <summary>Leaves in the reply what the asked server may say.</summary>
    public static void Apply(ConfiguredZones zones, in AskedQuestion asked, ClassifiedReply reply)
    {
        if (zones.IsEmpty)
        {
            return;
        }

        if (asked.Type == RRType.DS && zones.Find(asked.Name) is { } own && own.Apex == asked.Name
            && !asked.Zone.IsSubdomainOf(own.Apex))
        {
            KeepParentSide(reply);
            return;
        }

        ConfiguredZone? inCharge = zones.Find(asked.Name);
        for (int i = 1; i < reply.Answer.Count; i++)
        {
            if (zones.Find(reply.Answer[i].OwnerName) != inCharge)
            {
                CutBefore(i, reply);
                return;
            }
        }

        if (reply.DenialBehindAliases is not null && zones.Find(reply.LastName) != inCharge)
        {
            reply.DenialBehindAliases = null;
        }
    }

    // The parent is asked for DS alone: whether the apex exists, or is an alias, is not for it to say.
    private static void KeepParentSide(ClassifiedReply reply)
    {
        if (reply.Kind is ReplyKind.NameError or ReplyKind.Alias)
        {
            reply.Kind = ReplyKind.NoData;
            reply.Answer.Clear();
            reply.DenialBehindAliases = null;
            reply.Reason = "no DS of a zone configured here";
        }
        else if (reply.Kind == ReplyKind.Referral)
        {
            reply.Kind = ReplyKind.Lame;
            reply.Referral = null;
            reply.Reason = "referral to a zone configured here, in place of its DS";
        }
    }

    private static void CutBefore(int index, ClassifiedReply reply)
    {
        reply.LastName = reply.Answer[index].OwnerName;
        reply.Scrubbed += reply.Answer.Count - index;
        reply.Answer.RemoveRange(index, reply.Answer.Count - index);
        reply.Kind = ReplyKind.Alias;
        reply.DenialBehindAliases = null;
        reply.Reason = "an alias into a zone configured here";
    }
}
