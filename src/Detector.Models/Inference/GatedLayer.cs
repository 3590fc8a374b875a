using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Detector.Models.Inference;

/// <summary>
/// A layer of gated cells, as torch lays their gates out: reset, update and candidate of a GRU (Cho et al. 2014), input, forget, candidate and output
/// of an LSTM (Hochreiter and Schmidhuber 1997). Each gate is filled up to whole vectors; what is filled in stays zero.
/// </summary>
internal sealed class GatedLayer
{
    private const int GruGates = 3;
    private readonly PackedLayer _input; // what each gate gets from the input, (gates × Width)
    private readonly PackedLayer _state; // and from the state before
    private readonly bool _isGru;

    /// <param name="input">Weights and bias of the input, (gates × width, inputs).</param>
    /// <param name="state">Those of the state, (gates × width, width).</param>
    public GatedLayer(AffineLayer input, AffineLayer state)
    {
        int width = state.Inputs, gates = state.Outputs / width;
        _isGru = gates == GruGates;
        Width = PackedLayer.WidthOf(width);
        _input = new PackedLayer(input.FilledUp(gates, Width));
        _state = new PackedLayer(state.FilledUp(gates, Width));
    }

    /// <summary>Values of a state, the filling ones included.</summary>
    public int Width { get; }

    public long Bytes => _input.Bytes + _state.Bytes;

    public long Operations(int steps) => steps * _input.Operations + (steps - 1) * _state.Operations;

    /// <summary>Takes the cells of every window one step further.</summary>
    /// <param name="input">(rows, inputs), rows <paramref name="stride"/> apart.</param>
    /// <param name="first">Whether they begin: from a state of zeros.</param>
    /// <param name="scratch">Holds the states from step to step.</param>
    /// <returns>The states, (rows, <see cref="Width"/>), until the next step.</returns>
    public ReadOnlySpan<float> Step(ReadOnlySpan<float> input, int stride, int rows, bool first, PlanScratch scratch)
    {
        int gates = _input.Width;
        Span<float> given = scratch.Take(0, rows * gates).Span, kept = scratch.Take(1, rows * gates).Span;
        Span<float> state = scratch.Take(2, rows * Width).Span[..(rows * Width)], cell = scratch.Take(3, _isGru ? 0 : rows * Width).Span;
        if (first)
        {
            state.Clear();
            cell.Clear();
        }

        _input.Run(input, stride, rows, given);
        if (first)
            _state.FillBias(rows, kept);
        else
            _state.Run(state, Width, rows, kept);
        for (int i = 0; i < rows; i++)
        {
            Span<float> own = state.Slice(i * Width, Width);
            if (_isGru)
                Reset(given.Slice(i * gates, gates), kept.Slice(i * gates, gates), own);
            else
                Remember(given.Slice(i * gates, gates), kept.Slice(i * gates, gates), cell.Slice(i * Width, Width), own);
        }

        return state;
    }

    /// <summary>h ← n + z (h − n), n = tanh(Wx + r Uh), r and z sigmoids of what the input and the state give.</summary>
    private static void Reset(ReadOnlySpan<float> given, ReadOnlySpan<float> kept, Span<float> state)
    {
        int width = state.Length;
        for (int i = 0; i < width; i += Vector512<float>.Count)
        {
            Vector512<float> reset = Sigmoid(At(given, i) + At(kept, i)), update = Sigmoid(At(given, width + i) + At(kept, width + i));
            Vector512<float> candidate = Tanh(Vector512.FusedMultiplyAdd(reset, At(kept, 2 * width + i), At(given, 2 * width + i)));
            Vector512.FusedMultiplyAdd(At(state, i) - candidate, update, candidate).CopyTo(state[i..]);
        }
    }

    /// <summary>c ← f c + i tanh(g), h ← o tanh(c).</summary>
    private static void Remember(ReadOnlySpan<float> given, ReadOnlySpan<float> kept, Span<float> cell, Span<float> state)
    {
        int width = state.Length;
        for (int i = 0; i < width; i += Vector512<float>.Count)
        {
            Vector512<float> input = Sigmoid(At(given, i) + At(kept, i)), forget = Sigmoid(At(given, width + i) + At(kept, width + i));
            Vector512<float> candidate = Tanh(At(given, 2 * width + i) + At(kept, 2 * width + i)), output = Sigmoid(At(given, 3 * width + i) + At(kept, 3 * width + i));
            Vector512<float> held = Vector512.FusedMultiplyAdd(forget, At(cell, i), input * candidate);
            held.CopyTo(cell[i..]);
            (output * Tanh(held)).CopyTo(state[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> At(ReadOnlySpan<float> values, int start) => Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)start);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sigmoid(Vector512<float> x) => Vector512<float>.One / (Vector512<float>.One + Vector512.Exp(-x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Tanh(Vector512<float> x) => Vector512<float>.One - Vector512.Create(2f) / (Vector512.Exp(x + x) + Vector512<float>.One);
}
