// Resource records of scripts: owner, type, TTL and RDATA, of which one name may be compressed.
using System;
using System.Collections.Generic;
using System.Net;
using System.Text;

namespace Resolver.Threats;

/// <summary>The types that scripts use.</summary>
internal static class Types
{
    public const ushort A = 1;
    public const ushort NS = 2;
    public const ushort Cname = 5;
    public const ushort Soa = 6;
    public const ushort MX = 15;
    public const ushort Txt = 16;
    public const ushort Aaaa = 28;
    public const ushort Dname = 39;
    public const ushort Opt = 41;
    public const ushort DS = 43;
    public const ushort Rrsig = 46;
    public const ushort Nsec = 47;
    public const ushort Dnskey = 48;
    public const ushort Nsec3 = 50;
    public const ushort Https = 65;
    public const ushort Any = 255;
}

/// <summary>One record.</summary>
/// <param name="Owner">Its owner.</param>
/// <param name="Type">Its type.</param>
/// <param name="Ttl">Its TTL.</param>
/// <param name="Data">RDATA before the target.</param>
internal sealed record Record(string Owner, ushort Type, uint Ttl, byte[] Data)
{
    /// <summary>The name at the end of the RDATA; null when there is none.</summary>
    public string? Target { get; init; }

    /// <summary>The RDATA with its name.</summary>
    public byte[] Rdata => Target is null ? Data : [.. Data, .. NameText.ToWire(Target)];

    /// <summary>The address of an A or AAAA record.</summary>
    public IPAddress Address => new(Data);

    public static Record A(string owner, string address, uint ttl = 300)
    {
        byte[] octets = IPAddress.Parse(address).GetAddressBytes();
        return new Record(owner, octets.Length == 4 ? Types.A : Types.Aaaa, ttl, octets);
    }

    public static Record NS(string owner, string server, uint ttl = 300) =>
        new(owner, Types.NS, ttl, []) { Target = server };

    public static Record Cname(string owner, string target, uint ttl = 300) =>
        new(owner, Types.Cname, ttl, []) { Target = target };

    public static Record Dname(string owner, string target) =>
        new(owner, Types.Dname, 300, NameText.ToWire(target));

    public static Record MX(string owner, string target) =>
        new(owner, Types.MX, 300, [0, 10]) { Target = target };

    public static Record Https(string owner, string target, ushort priority, params byte[] parameters) =>
        new(owner, Types.Https, 300, [0, (byte)priority, .. NameText.ToWire(target), .. parameters]);

    public static Record Soa(string zone, uint ttl = 60)
    {
        List<byte> data = [.. NameText.ToWire("ns." + zone), .. NameText.ToWire("admin." + zone)];
        data.AddRange(new byte[16]);
        data.AddRange([0, 0, 0, (byte)ttl]);
        return new Record(zone, Types.Soa, ttl, [.. data]);
    }

    public static Record Txt(string owner, string text)
    {
        byte[] octets = Encoding.Latin1.GetBytes(text);
        List<byte> data = [];
        for (int at = 0; at < octets.Length; at += 255)
        {
            ReadOnlySpan<byte> part = octets.AsSpan(at, Math.Min(255, octets.Length - at));
            data.Add((byte)part.Length);
            data.AddRange(part);
        }

        return new Record(owner, Types.Txt, 300, [.. data]);
    }
}
