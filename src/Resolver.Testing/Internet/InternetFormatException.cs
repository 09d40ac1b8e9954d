// What is thrown when the files of a simulated internet are wrong: a programmer's or teacher's mistake, told
// whole.
using System;
using System.Collections.Generic;

namespace Resolver.Testing;

/// <summary>The description of a simulated internet cannot be read.</summary>
public sealed class InternetFormatException : FormatException
{
    /// <summary>An exception without mistakes listed.</summary>
    public InternetFormatException()
    {
    }

    /// <summary>An exception with one mistake.</summary>
    public InternetFormatException(string message)
        : this([message])
    {
    }

    /// <summary>An exception with one mistake and its cause.</summary>
    public InternetFormatException(string message, Exception innerException)
        : base(message, innerException) => Mistakes = [message];

    /// <summary>An exception with all mistakes found.</summary>
    public InternetFormatException(IReadOnlyList<string> mistakes)
        : base(string.Join(Environment.NewLine, mistakes)) => Mistakes = mistakes;

    /// <summary>The mistakes, each as FILE:LINE:COLUMN: what is wrong.</summary>
    public IReadOnlyList<string> Mistakes { get; } = [];
}
