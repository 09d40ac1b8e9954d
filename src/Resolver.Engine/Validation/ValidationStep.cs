// What a validation has to have done next: the output of Validation.Next.
using System.Collections.Generic;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The kinds of step.</summary>
internal enum ValidationStepKind : byte
{
    /// <summary>Look up DNSKEY or DS, validated.</summary>
    Need,

    /// <summary>Check signatures.</summary>
    Check,

    /// <summary>Over.</summary>
    Done,
}

/// <summary>One step.</summary>
internal readonly record struct ValidationStep
{
    /// <summary>What to do.</summary>
    public required ValidationStepKind Kind { get; init; }

    /// <summary>Need: name and type.</summary>
    public (DomainName Name, RRType Type) Needed { get; init; }

    /// <summary>Check: the sets; each is to be filled with its result.</summary>
    public IReadOnlyList<SubjectCheck> Checks { get; init; }

    /// <summary>Done: what was found.</summary>
    public Finding Found { get; init; }
}

/// <summary>The check of one set with the keys of one zone.</summary>
/// <param name="Subject">The set.</param>
/// <param name="Keys">The keys to check with.</param>
/// <param name="Signers">Of a DNSKEY set: the DS set that names its keys; empty for all others.</param>
internal sealed record SubjectCheck(Subject Subject, ZoneKeys Keys, RRset Signers)
{
    /// <summary>
    /// Checks of all sets that the zone's keys have not been tried on; null when there are none.
    /// </summary>
    public static List<SubjectCheck>? Collect(IEnumerable<Subject> subjects, ZoneKeys keys)
    {
        List<SubjectCheck>? due = null;
        DomainName zone = DomainName.FromValidWire(keys.Zone);
        foreach (Subject subject in subjects)
        {
            if (subject.CheckedBy != zone)
            {
                (due ??= []).Add(new SubjectCheck(subject, keys, default));
            }
        }

        return due;
    }

    /// <summary>Checks now, on whatever thread; the result waits for <see cref="Conclude"/>.</summary>
    public void Run(in SignatureTerms terms, ref CryptoBudget budget)
    {
        if (Signers.IsEmpty)
        {
            _result = RRsetAuthentication.Authenticate(Subject.Set, Keys, terms, ref budget);
            return;
        }

        KeySetResult keys = KeySetAuthentication.Authenticate(Signers, Keys, terms, ref budget);
        _result = new SignatureResult(keys.Verdict)
        {
            MaxTtl = keys.MaxTtl,
            KeyTag = keys.KeyTag,
            Algorithm = keys.Algorithm,
        };
    }

    /// <summary>Writes the result down, on the loop.</summary>
    public void Conclude() => Subject.Conclude(Keys, _result);

    /// <summary>The result.</summary>
    public SignatureResult Outcome => _result;

    private SignatureResult _result;
}
