// A resolver under examination, as a process: ours, or Unbound from Debian. Each row gets a fresh one.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>Whom to examine.</summary>
/// <param name="Program">The program's path; null for Unbound.</param>
/// <param name="Folder">Where its files go.</param>
internal sealed record SubjectKind(string? Program, string Folder)
{
    public bool IsOurs => Program is not null;
}

/// <summary>A running resolver.</summary>
internal sealed class Subject : IDisposable
{
    /// <summary>Where clients ask.</summary>
    public const string Address = "127.0.0.1";
    public const int Port = 5300;

    private const int MetricsPort = 9153;

    private readonly Process _process;

    private Subject(SubjectKind kind, Process process)
    {
        Kind = kind;
        _process = process;
    }

    public SubjectKind Kind { get; }

    public bool IsAlive => !_process.HasExited;

    /// <summary>What it wrote on standard error, so far.</summary>
    public string Log => File.ReadAllText(LogOf(Kind));

    /// <summary>Processor time of all its threads.</summary>
    public TimeSpan Cpu
    {
        get
        {
            long nanoseconds =
                Directory.GetDirectories($"/proc/{_process.Id}/task").Sum(static task => long.Parse(
                File.ReadAllText(task + "/schedstat").Split(' ')[0], CultureInfo.InvariantCulture));
            return TimeSpan.FromTicks(nanoseconds / 100);
        }
    }

    /// <summary>Resident memory in octets.</summary>
    public long Memory => File.ReadLines($"/proc/{_process.Id}/status")
        .Where(static l => l.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Select(static l => long.Parse(
            l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))
        .First() << 10;

    /// <summary>Signatures checked so far, where the resolver tells; -1 where it does not.</summary>
    public async Task<long> ReadChecksAsync()
    {
        if (!Kind.IsOurs)
        {
            return -1;
        }

        using HttpClient client = new();
        string page = await client.GetStringAsync(new Uri($"http://{Address}:{MetricsPort}/metrics"));
        return page.Split('\n')
            .Where(static l => l.StartsWith("resolver_dnssec_checks_total", StringComparison.Ordinal))
            .Sum(static l => long.Parse(l.AsSpan(l.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
    }

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<Subject> StartAsync(SubjectKind kind, SubjectSettings settings, string anchor)
    {
        Directory.CreateDirectory(kind.Folder);
        string hints = Path.Combine(kind.Folder, "hints");
        await File.WriteAllTextAsync(
            hints, $". 86400 NS root.lab-servers.\nroot.lab-servers. 86400 A {World.RootAddress}\n");
        await File.WriteAllTextAsync(Path.Combine(kind.Folder, "anchor"), anchor);
        (string file, string arguments) =
            kind.IsOurs ? Ours(kind, settings, hints) : Unbound(kind, settings, hints);
        string limit = settings.OpenFiles > 0 ? $"ulimit -n {settings.OpenFiles}; " : "";
        ProcessStartInfo start = new("/bin/sh")
        {
            ArgumentList = { "-c", $"{limit}exec {file} {arguments} >'{kind.Folder}/out' 2>'{LogOf(kind)}'" },
        };
        Subject subject = new(kind, Process.Start(start)!);
        if (await subject.AnswersAsync())
        {
            return subject;
        }

        subject.Dispose();
        throw new InvalidOperationException(
            $"The resolver did not answer: {await File.ReadAllTextAsync(LogOf(kind))}");
    }

    public void Dispose()
    {
        if (IsAlive)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    private static string LogOf(SubjectKind kind) => Path.Combine(kind.Folder, "log");

    private static (string File, string Arguments) Ours(
        SubjectKind kind, SubjectSettings settings, string hints)
    {
        string config = Path.Combine(kind.Folder, "resolver.toml");
        IEnumerable<string> listen =
            settings.Listen.Prepend($"{Address}:{Port}").Select(static l => $"\"{l}\"");
        string judging = settings.Validates
            ? $"validation = true\ntrust-anchors = [\"{Path.Combine(kind.Folder, "anchor")}\"]"
            : "validation = false";
        File.WriteAllText(config, $"[server]\nlisten = [{string.Join(", ", listen)}]\nthreads = 2\n"
            + $"[resolution]\nroot-hints = \"{hints}\"\nipv6 = false\n"
            + $"[dnssec]\n{judging}\n[metrics]\nlisten = \"{Address}:{MetricsPort}\"\n{settings.Tables}");
        string sets = string.Concat(settings.Set.Select(static s => $" --set '{s}'"));
        return (kind.Program!, $"serve --config {config}{sets}");
    }

    private static (string File, string Arguments) Unbound(
        SubjectKind kind, SubjectSettings settings, string hints)
    {
        string config = Path.Combine(kind.Folder, "unbound.conf");
        string[] lines =
        [
            "do-daemonize: no", "username: \"\"", "chroot: \"\"", $"directory: \"{kind.Folder}\"",
            $"pidfile: \"{kind.Folder}/pid\"", "use-syslog: no", "logfile: \"\"", "num-threads: 2",
            $"module-config: \"{(settings.Validates ? "validator " : "")}iterator\"",
            settings.Validates ? $"trust-anchor-file: \"{kind.Folder}/anchor\"" : "",
            $"root-hints: \"{hints}\"", "do-ip6: no", "edns-buffer-size: 1232",
            "max-udp-size: 1232", "access-control: 127.0.0.0/8 allow",
            .. settings.Listen.Prepend($"{Address}:{Port}")
                .Select(static l => "interface: " + l.Replace(':', '@')),
            .. settings.UnboundServer,
        ];
        File.WriteAllText(config, "server:\n    " + string.Join("\n    ", lines)
            + $"\nremote-control:\n    control-enable: no\n{settings.UnboundSections}");
        return ("unbound", $"-d -p -c {config}");
    }

    private async Task<bool> AnswersAsync()
    {
        for (int i = 0; i < 100 && IsAlive; i++)
        {
            using StubClient client = new();
            if (await client.AskAsync("localhost.", Types.A, 200) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
