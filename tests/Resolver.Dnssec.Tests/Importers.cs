// Both implementations of key import: every test of signatures runs over each that the machine has.
using System;
using Xunit;

namespace Resolver.Dnssec.Tests;

internal static class Importers
{
    public const string Framework = "framework";
    public const string Libcrypto = "libcrypto";

    public static IKeyImporter Of(string name)
    {
        if (name == Framework)
        {
            return new FrameworkImporter();
        }

        IKeyImporter? importer = LibcryptoImporter.TryCreate();
        Assert.SkipWhen(importer is null, "libcrypto.so.3 is not installed");
        return importer ?? throw new InvalidOperationException();
    }
}
