// Asks one server many questions with dig's batch mode: a few dig processes side by side, each with its share
// of the questions, each asking one after the other over UDP and turning to TCP when a reply is truncated.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Interop;

internal static class DigBatch
{
    private const int Processes = 6;

    /// <summary>The replies, in the order of the questions.</summary>
    public static async Task<Reply[]> AskAsync(ServerAddress server, IReadOnlyList<Question> questions)
    {
        var replies = new Reply[questions.Count];
        await Task.WhenAll(Enumerable.Range(0, Processes)
            .Select(share => AskShareAsync(server, questions, (replies, share))));
        return replies;
    }

    private static async Task AskShareAsync(
        ServerAddress server, IReadOnlyList<Question> questions, (Reply[] Replies, int Share) into)
    {
        int[] mine = [.. Enumerable.Range(0, questions.Count).Where(i => i % Processes == into.Share)];
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, mine.Select(i => questions[i].ToString()));
            string output = await Client.RunAsync("dig",
            [
                "-f", file, "-b", OwnAddress(into.Share), $"@{server.Address}", "-p", server.Port,
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
                into.Replies[mine[i]] = replies[i];
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    // dig shares its port (SO_REUSEPORT): now and then the system gives two processes the same one, and the
    // reply reaches the wrong one. From an address of its own each, they cannot meet.
    private static string OwnAddress(int share) => $"127.0.1.{share + 1}";
}
