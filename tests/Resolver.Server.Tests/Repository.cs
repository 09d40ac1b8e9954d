// Where the checkout is that these tests were built from.
using System;
using System.IO;

namespace Resolver.Server.Tests;

/// <summary>The checkout.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Resolver.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Resolver.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside a checkout.");
    }
}
