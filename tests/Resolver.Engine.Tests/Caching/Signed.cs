// Sets with a signature that says who signed: for stores, which believe what validation has found.
using Resolver.Wire;

namespace Resolver.Engine.Tests;

/// <summary>Adds signatures that nobody checks.</summary>
internal static class Signed
{
    public static RRset By(DomainName zone, RRset set)
    {
        byte labels = (byte)(DomainName.FromValidWire(set.Owner).LabelCount);
        RRsetBuilder builder = new();
        builder.Begin(set.Owner, set.Type, RRClass.IN);
        foreach (System.ReadOnlySpan<byte> rdata in set.Records)
        {
            builder.Add(rdata, set.Ttl);
        }

        builder.AddSignature(
            [(byte)(set.Type.Value >> 8), (byte)set.Type.Value, 15, labels, .. new byte[14], .. zone.Wire, 0],
            set.Ttl);
        return builder.Build();
    }
}
