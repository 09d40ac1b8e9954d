// The servers of a delegation as octets: for each its name, the count of its addresses, and these, each
// behind its length. Written here, read by Delegation.
using System;

namespace Resolver.Engine;

/// <summary>Writes servers one after the other; reused for the next delegation.</summary>
internal sealed class DelegationDraft
{
    // The count is one octet.
    private const int MostAddresses = byte.MaxValue;

    private byte[] _octets = new byte[512];
    private int _length;
    private int _countAt;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Octets => _octets.AsSpan(0, _length);

    /// <summary>How many servers were written.</summary>
    public int Count { get; private set; }

    /// <summary>How many addresses the last server has.</summary>
    public int AddressCount => _octets[_countAt];

    /// <summary>Begins anew.</summary>
    public DelegationDraft Begin()
    {
        _length = 0;
        Count = 0;
        return this;
    }

    /// <summary>Adds a server by its name in uncompressed wire form.</summary>
    public DelegationDraft AddServer(ReadOnlySpan<byte> name)
    {
        Span<byte> octets = Reserve(name.Length + 1);
        name.CopyTo(octets);
        octets[name.Length] = 0;
        _countAt = _length + name.Length;
        _length += octets.Length;
        Count++;
        return this;
    }

    /// <summary>Adds an address of the server added last.</summary>
    public DelegationDraft AddAddress(in InetAddress address)
    {
        if (_octets[_countAt] < MostAddresses)
        {
            _length += GlueAddresses.Write(address, Reserve(GlueAddresses.MaxLength));
            _octets[_countAt]++;
        }

        return this;
    }

    private Span<byte> Reserve(int length)
    {
        if (_octets.Length - _length < length)
        {
            Array.Resize(ref _octets, Math.Max(_length + length, _octets.Length * 2));
        }

        return _octets.AsSpan(_length, length);
    }
}
