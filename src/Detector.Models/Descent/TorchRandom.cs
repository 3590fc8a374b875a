using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Detector.Models.Descent;

/// <summary>
/// The Mersenne Twister (Matsumoto and Nishimura 1998), dealt out as torch's generator on the CPU deals it: the same seed gives the permutations and
/// uniform numbers of <c>randperm</c> and <c>rand</c> to the bit, and the Gaussian ones of <c>randn</c> within rounding, several times as fast. So
/// a network sees the same batches and the same noise whoever trains it.
/// </summary>
internal sealed class TorchRandom
{
    private const int Length = 624, Middle = 397, Lanes = 16, Half = 8;
    private const float Unit = 1f / (1 << 24);
    private readonly uint[] _state = new uint[Length];
    private readonly uint[] _numbers = new uint[Length];
    private int _next = Length;

    public TorchRandom(ulong seed)
    {
        _state[0] = (uint)seed;
        for (int i = 1; i < Length; i++)
            _state[i] = 1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30)) + (uint)i;
    }

    /// <summary>Uniform numbers, 0 ≤ x &lt; 1.</summary>
    public void Uniform(Span<float> values)
    {
        while (values.Length > 0)
        {
            if (_next == Length)
                Refill();
            int count = Math.Min(values.Length, Length - _next);
            ReadOnlySpan<uint> numbers = _numbers.AsSpan(_next, count);
            int i = 0;
            for (; i <= count - Lanes; i += Lanes)
                (Vector512.ConvertToSingle((Vector512.Create(numbers[i..]) & Vector512.Create(0xFFFFFFu)).AsInt32()) * Unit).CopyTo(values[i..]);
            for (; i < count; i++)
                values[i] = (numbers[i] & 0xFFFFFF) * Unit;
            _next += count;
            values = values[count..];
        }
    }

    /// <summary>Numbers of the standard Gaussian distribution (Box and Muller 1958). Fewer than 16 are the first of 16.</summary>
    public void Normal(Span<float> values)
    {
        if (values.Length < Lanes)
        {
            Span<float> block = stackalloc float[Lanes];
            Normal(block);
            block[..values.Length].CopyTo(values);
            return;
        }

        Uniform(values);
        for (int i = 0; i <= values.Length - Lanes; i += Lanes)
            Transform(values.Slice(i, Lanes));
        if (values.Length % Lanes == 0)
            return;
        Span<float> last = values[^Lanes..];
        Uniform(last);
        Transform(last);
    }

    /// <summary>The numbers 0…n − 1 in random order.</summary>
    public void Permutation(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        for (int i = 0; i < order.Length - 1; i++)
        {
            int other = i + (int)(Next() % (uint)(order.Length - i));
            (order[i], order[other]) = (order[other], order[i]);
        }
    }

    /// <summary>Eight angles and eight radii become sixteen Gaussian numbers.</summary>
    private static void Transform(Span<float> block)
    {
        Vector256<float> radius = Vector256.Sqrt(Vector256.Log(Vector256<float>.One - Vector256.Create(block)) * -2f);
        (Vector256<float> sine, Vector256<float> cosine) = Vector256.SinCos(Vector256.Create(block[Half..]) * (2 * MathF.PI));
        (radius * cosine).CopyTo(block);
        (radius * sine).CopyTo(block[Half..]);
    }

    private uint Next()
    {
        if (_next == Length)
            Refill();
        return _numbers[_next++];
    }

    private void Refill()
    {
        Twist(0, Length - Middle, Middle);
        Twist(Length - Middle, Length - 1, Middle - Length);
        _state[^1] = _state[Middle - 1] ^ Mixed(_state[^1], _state[0]);
        Temper();
        _next = 0;
    }

    private void Twist(int from, int to, int distance)
    {
        ref uint state = ref MemoryMarshal.GetArrayDataReference(_state);
        int i = from;
        for (; i <= to - Lanes; i += Lanes)
        {
            Vector512<uint> low = Vector512.LoadUnsafe(ref state, (nuint)i + 1);
            Vector512<uint> both = (Vector512.LoadUnsafe(ref state, (nuint)i) & Vector512.Create(0x80000000u)) | (low & Vector512.Create(0x7FFFFFFFu));
            Vector512<uint> odd = (Vector512<uint>.Zero - (low & Vector512<uint>.One)) & Vector512.Create(0x9908B0DFu);
            (Vector512.LoadUnsafe(ref state, (nuint)(i + distance)) ^ (both >>> 1) ^ odd).StoreUnsafe(ref state, (nuint)i);
        }

        for (; i < to; i++)
            _state[i] = _state[i + distance] ^ Mixed(_state[i], _state[i + 1]);
    }

    private static uint Mixed(uint high, uint low) => (((high & 0x80000000) | (low & 0x7FFFFFFF)) >> 1) ^ ((low & 1) == 0 ? 0 : 0x9908B0DF);

    private void Temper()
    {
        for (int i = 0; i < Length; i += Lanes)
        {
            Vector512<uint> y = Vector512.Create(_state.AsSpan(i));
            y ^= y >>> 11;
            y ^= (y << 7) & Vector512.Create(0x9D2C5680u);
            y ^= (y << 15) & Vector512.Create(0xEFC60000u);
            (y ^ (y >>> 18)).CopyTo(_numbers.AsSpan(i));
        }
    }
}
