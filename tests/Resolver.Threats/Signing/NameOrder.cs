// The canonical order of names (RFC 4034 §6.1), and their relatives.
using System;
using System.Collections.Generic;

namespace Resolver.Threats;

/// <summary>Compares names by their labels from the right.</summary>
internal sealed class NameOrder : IComparer<string>
{
    public static NameOrder Canonical { get; } = new();

    public int Compare(string? x, string? y)
    {
        List<byte[]> left = NameText.Labels(x!);
        List<byte[]> right = NameText.Labels(y!);
        for (int i = 1; i <= left.Count && i <= right.Count; i++)
        {
            int order = left[^i].AsSpan().SequenceCompareTo(right[^i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Count.CompareTo(right.Count);
    }

    /// <summary>The name without its first label.</summary>
    public static string ParentOf(string name)
    {
        string parent = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return parent.Length == 0 ? "." : parent;
    }

    /// <summary>True for the name and those below; everything is below the root.</summary>
    public static bool IsBelow(string name, string zone) => zone == "." || World.IsBelow(name, zone);
}
