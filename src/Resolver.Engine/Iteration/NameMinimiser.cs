// How much of the name the servers of each zone get to see: RFC 9156. One label more than the zone at first;
// after a few such steps several at a time, so that a name of many labels cannot cost many queries (§2.3).
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The part of a question that is disclosed; one per walk.</summary>
internal struct NameMinimiser
{
    private readonly Question _question;
    private readonly int _labels;
    private readonly int _maxSteps;
    private readonly int _singleLabelSteps;
    private int _steps;
    private int _disclosed;
    private bool _asksForServers;
    private DomainName _part;

    public NameMinimiser(Question question, Minimisation mode, ResolverLimits limits)
    {
        _question = question;
        _labels = question.Name.LabelCount;
        Mode = mode;
        _maxSteps = limits.MaxMinimisationSteps;
        _singleLabelSteps = limits.MinimisationSingleLabelSteps;
    }

    /// <summary>The mode in force; Off after a fall-back in this zone.</summary>
    public Minimisation Mode { get; private set; }

    /// <summary>True when what is asked next is the whole question.</summary>
    public readonly bool IsWhole => _disclosed >= _labels;

    /// <summary>The name to send.</summary>
    public readonly DomainName Name => IsWhole ? _question.Name : _part;

    /// <summary>
    /// The type to send: A stands for any while the name is not whole, or NS where A failed (RFC 9156 §2.1).
    /// </summary>
    public readonly RRType Type => IsWhole ? _question.Type : _asksForServers ? RRType.NS : RRType.A;

    /// <summary>Begins at a zone: the next name has at least one label more.</summary>
    public void EnterZone(DomainName zone)
    {
        int depth = zone.LabelCount;
        _asksForServers = false;
        if (Mode == Minimisation.Off)
        {
            _disclosed = _labels;
        }
        else if (_disclosed <= depth)
        {
            _disclosed = depth;
            Advance();
        }
    }

    /// <summary>The name sent exists and no zone cut was seen: disclose more.</summary>
    public void Advance()
    {
        int left = _labels - _disclosed;
        int stepsLeft = _maxSteps - _steps;
        int more = Mode == Minimisation.Off || stepsLeft <= 0 ? left
            : _steps < _singleLabelSteps ? 1
            : (left + stepsLeft - 1) / stepsLeft;
        DiscloseLabels(Math.Min(_labels, _disclosed + Math.Max(1, more)));
        _steps++;
        _asksForServers = false;
    }

    private void DiscloseLabels(int count)
    {
        _disclosed = count;
        if (!IsWhole)
        {
            _part = _question.Name.Suffix(count);
        }
    }

    /// <summary>
    /// Asks for the same name with type NS, until something came of it; false when that was tried, or the
    /// name is whole.
    /// </summary>
    public bool TryAskForServers()
    {
        bool isNew = !IsWhole && !_asksForServers;
        _asksForServers = true;
        return isNew;
    }

    /// <summary>Sends the whole question from now on.</summary>
    public void Disclose()
    {
        Mode = Minimisation.Off;
        _disclosed = _labels;
    }
}
