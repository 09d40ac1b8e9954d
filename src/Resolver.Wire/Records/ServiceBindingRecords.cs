// Service bindings: SVCB and HTTPS, which have one form. RFC 9460.
using System;
using System.Collections.Generic;
using System.Net;

namespace Resolver.Wire;

/// <summary>A service binding: SVCB or HTTPS.</summary>
public abstract class ServiceBindingRecord : ResourceRecord
{
    private protected ServiceBindingRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>0 for an alias, else lower is tried first.</summary>
    public ushort Priority => FieldAt(0).TakeU16();

    /// <summary>The target; the root stands for the owner, or, of an alias, for none.</summary>
    public DomainName TargetName => FieldAt(1).TakeName();

    /// <summary>All parameters, keys rising.</summary>
    public IReadOnlyList<ServiceParameter> Parameters => ServiceParameter.ReadAll(RestAt(2));

    /// <summary>Protocols offered besides the default one.</summary>
    public IReadOnlyList<string> Alpn => new RdataReader(Find(SvcParamsForm.Alpn)).TakeTexts();

    /// <summary>The port, when it is not the usual one.</summary>
    public ushort? Port =>
        Find(SvcParamsForm.Port) is { IsEmpty: false } value
        ? new RdataReader(value).TakeU16()
        : null;

    /// <summary>IPv4 addresses to try at once.</summary>
    public IReadOnlyList<IPAddress> Ipv4Hints => Addresses(SvcParamsForm.Ipv4Hint, 4);

    /// <summary>IPv6 addresses to try at once.</summary>
    public IReadOnlyList<IPAddress> Ipv6Hints => Addresses(SvcParamsForm.Ipv6Hint, 16);

    private ReadOnlySpan<byte> Find(ushort key)
    {
        ReadOnlySpan<byte> rest = FieldAt(2).Rest;
        while (SvcParamsForm.TryNext(ref rest, out ushort found, out ReadOnlySpan<byte> value))
        {
            if (found == key)
            {
                return value;
            }
        }

        return default;
    }

    private List<IPAddress> Addresses(ushort key, int size)
    {
        List<IPAddress> addresses = [];
        for (ReadOnlySpan<byte> value = Find(key); !value.IsEmpty; value = value[size..])
        {
            addresses.Add(new IPAddress(value[..size]));
        }

        return addresses;
    }
}

/// <summary>A service binding (RFC 9460).</summary>
public sealed class SvcbRecord : ServiceBindingRecord
{
    internal SvcbRecord(in RecordFields fields)
        : base(fields)
    {
    }
}

/// <summary>A service binding for HTTPS (RFC 9460 §9).</summary>
public sealed class HttpsRecord : ServiceBindingRecord
{
    internal HttpsRecord(in RecordFields fields)
        : base(fields)
    {
    }
}
