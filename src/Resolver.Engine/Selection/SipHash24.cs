// SipHash-2-4 (Aumasson, Bernstein 2012), the keyed hash that RFC 9018 §4.4 prescribes for server cookies, so
// that servers behind one address understand each other's: 64 bits that look random without the key.
using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Resolver.Engine;

/// <summary>A key of 128 bits and its hash.</summary>
/// <param name="Low">Octets 0 to 7 of the key, little-endian.</param>
/// <param name="High">Octets 8 to 15 of the key, little-endian.</param>
internal readonly record struct SipHash24(ulong Low, ulong High)
{
    private const int WordLength = sizeof(ulong);
    private const int LengthShift = 56;

    /// <summary>A key drawn at random.</summary>
    public static SipHash24 Draw(IRandomSource random)
    {
        Span<byte> key = stackalloc byte[2 * WordLength];
        random.Fill(key);
        return new SipHash24(
            BinaryPrimitives.ReadUInt64LittleEndian(key),
            BinaryPrimitives.ReadUInt64LittleEndian(key[WordLength..]));
    }

    /// <summary>The hash of a message.</summary>
    public ulong Hash(ReadOnlySpan<byte> message)
    {
        State state = new(
            Low ^ 0x736F6D6570736575,
            High ^ 0x646F72616E646F6D,
            Low ^ 0x6C7967656E657261,
            High ^ 0x7465646279746573);
        ulong last = (ulong)message.Length << LengthShift;
        for (; message.Length >= WordLength; message = message[WordLength..])
        {
            state.Take(BinaryPrimitives.ReadUInt64LittleEndian(message));
        }

        for (int i = 0; i < message.Length; i++)
        {
            last |= (ulong)message[i] << (8 * i);
        }

        state.Take(last);
        return state.Finish();
    }

    private struct State(ulong v0, ulong v1, ulong v2, ulong v3)
    {
        private ulong _v0 = v0;
        private ulong _v1 = v1;
        private ulong _v2 = v2;
        private ulong _v3 = v3;

        public void Take(ulong word)
        {
            _v3 ^= word;
            Round();
            Round();
            _v0 ^= word;
        }

        public ulong Finish()
        {
            _v2 ^= 0xFF;
            Round();
            Round();
            Round();
            Round();
            return _v0 ^ _v1 ^ _v2 ^ _v3;
        }

        private void Round()
        {
            _v0 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
            _v0 = BitOperations.RotateLeft(_v0, 32);
            _v2 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
            _v0 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
            _v2 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
            _v2 = BitOperations.RotateLeft(_v2, 32);
        }
    }
}
