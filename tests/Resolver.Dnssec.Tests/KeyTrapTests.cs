// Work on signatures is bounded, whatever a zone publishes: CVE-2023-50387, CVE-2025-8677.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class KeyTrapTests
{
    private readonly SignedZone _zone = SignedZone.Load("p256");
    private readonly CountingImporter _importer = new();

    [Fact]
    public void Of_many_keys_with_one_tag_only_few_are_tried_per_signature()
    {
        RRset set = _zone["x.w.example.", RRType.MX];
        CryptoBudget budget = new() { ChecksLeft = 100, FailuresLeft = 100 };
        SignatureResult result = RRsetAuthentication.Authenticate(
            Forge(set, 1), CollidingKeys(500), SignedZone.Terms, ref budget);
        Assert.Equal(SignatureVerdict.BudgetSpent, result.Verdict);
        Assert.Equal(4, _importer.Checks);
        Assert.Equal(96, budget.ChecksLeft);
        Assert.Equal(96, budget.FailuresLeft);
    }

    [Fact]
    public void Of_many_signatures_only_few_are_tried()
    {
        RRset set = _zone["x.w.example.", RRType.MX];
        CryptoBudget budget = new() { ChecksLeft = 100, FailuresLeft = 100 };
        _ = RRsetAuthentication.Authenticate(
            Forge(set, 500), CollidingKeys(500), SignedZone.Terms, ref budget);
        Assert.Equal(16, _importer.Checks);
    }

    [Theory]
    [InlineData(3, 100)]
    [InlineData(100, 3)]
    public void The_querys_budget_ends_the_trying(int checks, int failures)
    {
        RRset set = _zone["x.w.example.", RRType.MX];
        CryptoBudget budget = new() { ChecksLeft = checks, FailuresLeft = failures };
        SignatureResult result = RRsetAuthentication.Authenticate(
            Forge(set, 500), CollidingKeys(500), SignedZone.Terms, ref budget);
        Assert.Equal(SignatureVerdict.BudgetSpent, result.Verdict);
        Assert.Equal(3, _importer.Checks);
    }

    [Fact]
    public void A_signature_that_no_key_can_have_made_costs_nothing()
    {
        RRset set = _zone["x.w.example.", RRType.MX];
        byte[] good = set.FirstSignature();
        List<byte[]> all = [];
        for (int i = 0; i < 100; i++)
        {
            byte[] stray = [.. good];
            BinaryPrimitives.WriteUInt16BigEndian(stray.AsSpan(16), (ushort)i);
            all.Add(stray);
        }

        CryptoBudget budget = new() { ChecksLeft = 1, FailuresLeft = 1 };
        ZoneKeys keys = _zone.Keys(new FrameworkImporter());
        SignatureResult result = RRsetAuthentication.Authenticate(
            set.WithSignatures([.. all, good]), keys, SignedZone.Terms, ref budget);
        Assert.True(result.IsValid);
        Assert.Equal(0, budget.ChecksLeft);
        Assert.Equal(1, budget.FailuresLeft);
    }

    [Fact]
    public void Of_many_DS_only_few_are_compared()
    {
        List<byte[]> records = [];
        ZoneKeys keys = _zone.Keys(_importer);
        for (int i = 0; i < 9; i++)
        {
            records.Add([0, (byte)i, 13, 2, .. new byte[32]]);
        }

        RRset ds = Edit.NewSet(_zone.Origin, RRType.DS, [.. records, _zone.FirstKeyDS().First.ToArray()]);
        CryptoBudget budget = new() { ChecksLeft = 9, FailuresLeft = 9 };
        Assert.Equal(
            SignatureVerdict.BudgetSpent,
            KeySetAuthentication.Authenticate(ds, keys, SignedZone.Terms, ref budget).Verdict);
        Assert.Equal(0, _importer.Imports);
    }

    [Fact]
    public void A_key_is_imported_once_for_all_its_signatures()
    {
        ZoneKeys keys = CollidingKeys(1);
        CryptoBudget budget = new() { ChecksLeft = 100, FailuresLeft = 100 };
        RRset set = Forge(_zone["x.w.example.", RRType.MX], 3);
        _ = RRsetAuthentication.Authenticate(set, keys, SignedZone.Terms, ref budget);
        Assert.Equal(3, _importer.Checks);
        Assert.Equal(1, _importer.Imports);
        Assert.Equal(7, keys.NativeOctets);
    }

    // Keys that differ in two octets of the same weight, so that all have one tag.
    private ZoneKeys CollidingKeys(int count)
    {
        List<byte[]> records = [];
        for (int i = 0; i < count; i++)
        {
            byte[] key = new byte[4 + 64];
            key[0] = 1;
            key[2] = 3;
            key[3] = 13;
            key[4] = (byte)i;
            key[5] = (byte)(i >> 8);
            key[6] = (byte)(255 - key[4]);
            key[7] = (byte)(255 - key[5]);
            records.Add(key);
        }

        return new ZoneKeys(
            Edit.NewSet(_zone.Origin, RRType.Dnskey, [.. records]), _importer, SignedZone.Terms.Policy);
    }

    private RRset Forge(RRset set, int signatures)
    {
        ushort tag = CollidingKeys(1).Keys[0].Tag;
        return set.WithSignatures([.. Enumerable.Range(0, signatures).Select(i =>
        {
            byte[] forged = set.FirstSignature();
            BinaryPrimitives.WriteUInt16BigEndian(forged.AsSpan(16), tag);
            BinaryPrimitives.WriteInt32BigEndian(forged.AsSpan(forged.Length - 4), i);
            return forged;
        })]);
    }

    private sealed class CountingImporter : IKeyImporter
    {
        public int Imports { get; private set; }

        public int Checks { get; private set; }

        public PublicKey? Import(DnssecAlgorithm algorithm, ReadOnlySpan<byte> key)
        {
            Imports++;
            return new CountingKey(this);
        }

        private sealed class CountingKey(CountingImporter owner) : PublicKey
        {
            public override int NativeOctets => 7;

            public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
            {
                owner.Checks++;
                return false;
            }

            public override void Dispose()
            {
            }
        }
    }
}
