// The answer section as it grows link by link: RFC 1034 §5.3.3 step 4c, RFC 6672 §3.1.
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Puts links together.</summary>
internal static class AliasChain
{
    /// <summary>Appends what a link brought, for the name that was asked.</summary>
    public static void Append(List<AnswerSet> answer, LinkOutcome outcome, DomainName name)
    {
        foreach (AnswerSet set in outcome.Sets)
        {
            answer.Add(set);
            if (set.Set.Type == RRType.Dname && outcome.End is not (LinkEnd.NameTooLong or LinkEnd.Answer)
                && DnameRewrite.TryApply(name, set.Set, out DomainName target))
            {
                // RFC 6672 §3.1: the DNAME goes with a CNAME of its own TTL for those who do not know DNAME.
                answer.Add(new AnswerSet(DnameRewrite.MakeCname(name, target, set.Set.Ttl), set.Entry));
                name = target;
            }
            else if (set.Set.Type == RRType.Cname)
            {
                name = DomainName.FromValidWire(set.Set.First);
            }
        }
    }

    /// <summary>True when the name was an alias before.</summary>
    public static bool Holds(List<AnswerSet> answer, DomainName name)
    {
        foreach (AnswerSet set in answer)
        {
            if (set.Set.Type == RRType.Cname && NameOctets.EqualsIgnoreCase(set.Set.Owner, name.Wire))
            {
                return true;
            }
        }

        return false;
    }
}
