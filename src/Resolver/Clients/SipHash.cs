// SipHash-2-4: a keyed hash of 64 bits of a short message, which RFC 9018 §4.4 prescribes for server cookies,
// so that servers behind one address understand each other's.
using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Resolver;

/// <summary>SipHash with two rounds by word and four at the end.</summary>
internal static class SipHash
{
    /// <summary>Hashes the message under a key of two words (little endian).</summary>
    public static ulong Of(ulong key0, ulong key1, ReadOnlySpan<byte> message)
    {
        // "somepseudorandomlygeneratedbytes", by the definition.
        State state = new(
            key0 ^ 0x736F6D6570736575, key1 ^ 0x646F72616E646F6D,
            key0 ^ 0x6C7967656E657261, key1 ^ 0x7465646279746573);
        ulong last = (ulong)message.Length << 56;
        for (; message.Length >= sizeof(ulong); message = message[sizeof(ulong)..])
        {
            state.Take(BinaryPrimitives.ReadUInt64LittleEndian(message));
        }

        for (int i = 0; i < message.Length; i++)
        {
            last |= (ulong)message[i] << (8 * i);
        }

        state.Take(last);
        return state.End();
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
            Turn();
            Turn();
            _v0 ^= word;
        }

        public ulong End()
        {
            _v2 ^= 0xFF;
            for (int i = 0; i < 4; i++)
            {
                Turn();
            }

            return _v0 ^ _v1 ^ _v2 ^ _v3;
        }

        private void Turn()
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
