// One record of a message as a value of its own.
using System;
using System.Diagnostics.CodeAnalysis;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>Reads records for printing.</summary>
internal static class RecordReading
{
    /// <summary>The record; false when its octets are not of the form of its type.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> message, in RecordView view, [NotNullWhen(true)] out ResourceRecord? record,
        out WireError error)
    {
        record = null;
        Span<byte> owner = stackalloc byte[255];
        byte[] rdata = new byte[view.RdataLength + RdataExpander.MaxGrowth];
        if (!view.TryReadOwner(message, owner, out int ownerLength, out error)
            || !RdataExpander.TryExpand(message, view, rdata, out int length, out error))
        {
            return false;
        }

        DomainName name = DomainName.FromValidWire(owner[..ownerLength]);
        RecordFields fields = new(name, view.Type, view.Class, view.Ttl, rdata.AsMemory(0, length));
        error = ResourceRecord.TryCreate(fields, out record) ? WireError.None : WireError.BadRdata;
        return record is not null;
    }
}
