// The clocks of the examined program, shifted from outside while it runs: two numbers in a mapped file for
// our own library (clock.c), a line of text for libfaketime.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.MemoryMappedFiles;

namespace Resolver.Scenarios;

/// <summary>Shifts clocks.</summary>
internal sealed class ShiftedClock : IDisposable
{
    private const int WallAt = 0;
    private const int MonotonicAt = sizeof(long);

    private readonly ProgramSettings _settings;
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private TimeSpan _wall;
    private TimeSpan _monotonic;

    /// <param name="settings">Which library is told, and where.</param>
    /// <param name="wall">The shift of the wall clock at the beginning; the other is left alone.</param>
    public ShiftedClock(ProgramSettings settings, TimeSpan wall)
    {
        _settings = settings;
        _wall = wall;
        if (!IsFaketime)
        {
            File.WriteAllBytes(settings.ClockFile, new byte[2 * sizeof(long)]);
            _file = MemoryMappedFile.CreateFromFile(settings.ClockFile, FileMode.Open);
            _view = _file.CreateViewAccessor();
        }

        Tell();
    }

    /// <summary>What the program's environment has to hold.</summary>
    public IEnumerable<(string Name, string Value)> Environment =>
        IsFaketime
            ?
            [
                ("LD_PRELOAD", _settings.Clock), ("FAKETIME_TIMESTAMP_FILE", _settings.ClockFile),
                ("FAKETIME_NO_CACHE", "1"),
            ]
            : [("LD_PRELOAD", _settings.Clock), ("CLOCK_SHIFT", _settings.ClockFile)];

    private bool IsFaketime => _settings.Clock.Contains("faketime", StringComparison.Ordinal);

    /// <summary>Lets time pass, on both clocks.</summary>
    public void Advance(TimeSpan time)
    {
        _wall += time;
        _monotonic += time;
        Tell();
    }

    public void Dispose()
    {
        _view?.Dispose();
        _file?.Dispose();
    }

    private void Tell()
    {
        if (_view is not null)
        {
            _view.Write(WallAt, (long)_wall.TotalNanoseconds);
            _view.Write(MonotonicAt, (long)_monotonic.TotalNanoseconds);
            return;
        }

        // Read anew with every call of the program: it must never be seen half written.
        string next = _settings.ClockFile + ".next";
        File.WriteAllText(next, string.Create(CultureInfo.InvariantCulture, $"{_wall.TotalSeconds:+0;-0}\n"));
        File.Move(next, _settings.ClockFile, overwrite: true);
    }
}
