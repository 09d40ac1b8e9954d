// The exam: every row of THREATS that can be put to a resolver from outside, put to the real program and to
// Unbound side by side. Runs inside the network namespace that the script run makes.
//
//   --ours PROGRAM      the published program
//   --peer              examines Unbound too
//   --only NUMBER       these rows only; may be repeated
//   --folder FOLDER     for the resolvers' files
//   --names COUNT       random names of row 31, in thousands; 60 unless said
//
// Exit status: 0 ours passed all rows, 1 not, 2 wrong usage.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Threats;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        string? ours = null;
        string folder = Path.GetTempPath();
        bool withPeer = false;
        List<int> only = [];
        int thousands = FloodRows.FewThousands;
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--ours" when i + 1 < arguments.Length:
                    ours = arguments[++i];
                    break;
                case "--folder" when i + 1 < arguments.Length:
                    folder = arguments[++i];
                    break;
                case "--only" when i + 1 < arguments.Length:
                    only.Add(int.Parse(arguments[++i], CultureInfo.InvariantCulture));
                    break;
                case "--names" when i + 1 < arguments.Length:
                    thousands = int.Parse(arguments[++i], CultureInfo.InvariantCulture);
                    break;
                case "--peer":
                    withPeer = true;
                    break;
                default:
                    Console.Error.WriteLine("usage: see the first lines of Program.cs");
                    return 2;
            }
        }

        SubjectKind? first = ours is null ? null : new SubjectKind(ours, Path.Combine(folder, "ours"));
        SubjectKind? second = withPeer ? new SubjectKind(null, Path.Combine(folder, "unbound")) : null;
        List<TableLine> lines = [];
        foreach (Row row in AllRows().Where(r => only.Count == 0 || only.Contains(r.Number)))
        {
            Stopwatch watch = Stopwatch.StartNew();
            Finding? finding = await ExamineAsync(row, first, thousands);
            TableLine line = new(row, finding, await ExamineAsync(row, second, thousands));
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"row {row.Number}: {line.Ours?.Figures} | {line.Peer?.Figures}, "
                + $"{watch.Elapsed.TotalSeconds:F1} s"));
            lines.Add(line);
        }

        return Table.Print(lines) ? 0 : 1;
    }

    private static IEnumerable<Row> AllRows() =>
        SpoofingRows.All
            .Concat(PoisoningRows.All)
            .Concat(SubnetRows.All)
            .Concat(WorkRows.All)
            .Concat(AliasRows.All)
            .Concat(SizeRows.All)
            .Concat(FloodRows.All)
            .Concat(LocalRows.All)
            .Concat(CryptoRows.All)
            .Concat(HashRows.All)
            .Concat(ProofRows.All)
            .Concat(TrustRows.All)
            .OrderBy(static r => r.Number);

    private static async Task<Finding?> ExamineAsync(Row row, SubjectKind? kind, int thousands)
    {
        if (kind is null)
        {
            return null;
        }

        try
        {
            using World world = new(row.Settings.Listen.Count > 0);
            using SignedLab? signed = row.Settings.Validates ? new SignedLab(world) : null;
            using Subject subject = await Subject.StartAsync(kind, row.Settings, signed?.Anchor ?? "");
            using StubClient client = new();
            Examination exam = new(world, subject, client) { Thousands = thousands, Signed = signed! };
            Finding finding = await row.Examine(exam).WaitAsync(TimeSpan.FromSeconds(120 + (thousands / 5)));
            return subject.IsAlive ? finding : new Finding(false, "the resolver died; " + finding.Figures);
        }
        catch (Exception fault) when (fault is InvalidOperationException or TimeoutException or IOException)
        {
            return new Finding(false, fault.Message.ReplaceLineEndings(" "));
        }
    }
}
