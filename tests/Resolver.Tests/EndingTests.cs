// What a program sees when its resolver ends, on real loops and in its own process.
using System;
using System.Buffers;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class EndingTests
{
    // Only for the case that the test fails: nothing here takes that long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Questions_under_way_and_later_ones_fail_when_the_resolver_ends()
    {
        RecursiveResolver resolver = Make("");
        Task<Resolution>[] questions = [.. Enumerable.Range(0, 200).Select(
            i => resolver.ResolveAsync(DomainName.Parse($"n{i}.example.com"), RRType.A, null, Stop)
                .AsTask())];
        await resolver.DisposeAsync();
        foreach (Task<Resolution> question in questions)
        {
            Exception? end = await Record.ExceptionAsync(() => question.WaitAsync(Patience, Stop));
            Assert.True(end is null or ObjectDisposedException, end?.ToString());
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => resolver.ResolveAsync(
            DomainName.Parse("late.example.com"), RRType.A, new QueryOptions { Trace = true }, Stop).AsTask()
            .WaitAsync(Patience, Stop));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => resolver.AnswerAsync(
            Query, new ArrayBufferWriter<byte>(), Stop).AsTask().WaitAsync(Patience, Stop));
    }

    [Fact]
    public async Task The_caches_of_an_ended_resolver_are_neither_read_nor_flushed()
    {
        RecursiveResolver resolver = Make("");
        DomainName name = DomainName.Parse("www.example.com");
        _ = await resolver.ResolveAsync(name, RRType.A, null, Stop);
        Assert.True(resolver.TryGetCached(name, RRType.A, out _));
        await resolver.DisposeAsync().AsTask().WaitAsync(Patience, Stop);
        Assert.Throws<ObjectDisposedException>(() => resolver.TryGetCached(name, RRType.A, out _));
        Assert.Throws<ObjectDisposedException>(
            () => resolver.TryGetCached(DomainName.Parse("other.example"), RRType.A, out _));
        Assert.Throws<ObjectDisposedException>(() => resolver.Flush(name));
    }

    [Fact]
    public async Task A_resolver_that_keeps_state_may_be_ended_twice()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("resolver-ending-");
        RecursiveResolver resolver = Make(folder.FullName);
        await resolver.DisposeAsync().AsTask().WaitAsync(Patience, Stop);
        await resolver.DisposeAsync().AsTask().WaitAsync(Patience, Stop);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Types_that_are_no_data_are_not_asked_for()
    {
        await using RecursiveResolver resolver = Make("");
        foreach (ushort type in (ushort[])[0, 41, 250, 252])
        {
            Resolution found = await resolver.ResolveAsync(
                DomainName.Parse("example.com"), new RRType(type), null, Stop);
            Assert.Equal(Rcode.NotImp, found.Rcode);
            Assert.Equal(ExtendedErrorCode.InvalidQueryType, found.ExtendedError?.Code);
        }

        Resolution www = await resolver.ResolveAsync(
            DomainName.Parse("www.example.com"), RRType.A, null, Stop);
        Assert.Equal(Rcode.NoError, www.Rcode);
    }

    private static byte[] Query { get; } =
        [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, (byte)'a', 3, (byte)'c', (byte)'o', (byte)'m', 0, 0, 1, 0, 1];

    private static RecursiveResolver Make(string stateFolder) => RecursiveResolver.Create(new ResolverOptions
    {
        Network = SimulatedInternet.LoadSample(),
        StateDirectory = stateFolder,
    });
}
