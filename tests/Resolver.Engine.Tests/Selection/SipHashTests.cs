// SipHash-2-4 against the vectors of its authors: key 00 to 0f, message 00, 01, 02 and so on.
using System.Linq;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class SipHashTests
{
    [Theory]
    [InlineData(0, 0x726FDB47DD0E0E31)]
    [InlineData(1, 0x74F839C593DC67FD)]
    [InlineData(8, 0x93F5F5799A932462)]
    [InlineData(15, 0xA129CA6149BE45E5)]
    public void The_hash_is_that_of_the_authors(int length, ulong expected) => Assert.Equal(
        expected,
        new SipHash24(0x0706050403020100, 0x0F0E0D0C0B0A0908)
            .Hash([.. Enumerable.Range(0, length).Select(i => (byte)i)]));
}
