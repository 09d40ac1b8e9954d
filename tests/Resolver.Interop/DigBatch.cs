// Asks servers many questions with dig's batch mode: a few dig processes side by side, each with its share
// of the questions, each asking one after the other over UDP and turning to TCP when a reply is truncated.
// Questions about broken delegations have many processes of their own: most of them only wait.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace Resolver.Interop;

internal sealed class DigBatch(IReadOnlyList<Question> questions, Regex slow)
{
    private const int QuickProcesses = 4;
    private const int SlowProcesses = 16;
    private int _processes;

    public IReadOnlyList<Question> Questions => questions;

    /// <summary>A batch of other questions.</summary>
    public DigBatch With(IReadOnlyList<Question> others) => new(others, slow);

    /// <summary>The replies, in the order of the questions.</summary>
    public async Task<Reply[]> AskAsync(ServerAddress server)
    {
        var replies = new Reply[questions.Count];
        ILookup<bool, int> bySpeed = Enumerable.Range(0, questions.Count)
            .ToLookup(i => slow.IsMatch(questions[i].Name));
        IEnumerable<int[]> shares = Shares(bySpeed[false], QuickProcesses)
            .Concat(Shares(bySpeed[true], SlowProcesses));
        await Task.WhenAll(shares.Select(share => AskShareAsync(server, share, replies)));
        return replies;
    }

    private static IEnumerable<int[]> Shares(IEnumerable<int> indices, int count)
    {
        return indices.Select(static (index, i) => (index, i))
            .GroupBy(pair => pair.i % count, static pair => pair.index)
            .Select(static share => share.ToArray());
    }

    private async Task AskShareAsync(ServerAddress server, int[] mine, Reply[] into)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, mine.Select(i => questions[i].ToString()));
            string output = await Client.RunAsync("dig",
            [
                "-f", file, "-b", OwnAddress(), $"@{server.Address}", "-p", server.Port,
                "+noall", "+cmd", "+comments", "+answer", "+authority", "+time=12", "+tries=1",
            ]);
            List<Reply> replies = DigOutput.ParseBatch(output);
            if (replies.Count != mine.Length)
            {
                throw new InvalidOperationException(
                    $"dig showed {replies.Count} replies for {mine.Length} questions: an odd word?");
            }

            for (int i = 0; i < mine.Length; i++)
            {
                into[mine[i]] = replies[i];
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    // dig shares its port (SO_REUSEPORT): now and then the system gives two processes the same one, and the
    // reply reaches the wrong one. From an address of its own each, they cannot meet.
    private string OwnAddress() => $"127.0.1.{Interlocked.Increment(ref _processes)}";
}
