using System.Runtime.InteropServices;
using Detector.Worker.Contracts;

namespace Detector.Worker.Learning;

// In saved state: pieces of so many rows each, of which only those are written anew that have changed. A long warm-up is not written whole each time.
internal sealed partial class WarmupPool
{
    /// <summary>Rows of a saved piece; the last one may have fewer.</summary>
    public const int PieceRows = 256;

    private int _saved; // rows that are in saved pieces and have not changed since
    private int _savedPieces;

    /// <summary>Saves how many pieces there are, and those that have changed.</summary>
    /// <param name="piece">Takes a piece by its number; null for one that is no longer there.</param>
    public void Save(BinaryWriter writer, Action<int, byte[]?> piece)
    {
        int pieces = (Count + PieceRows - 1) / PieceRows;
        for (int i = _saved / PieceRows; i < pieces && _saved < Count; i++)
            piece(i, Piece(i * PieceRows, Math.Min(Count, (i + 1) * PieceRows)));
        for (int i = pieces; i < _savedPieces; i++)
            piece(i, null);
        (_saved, _savedPieces) = (Count, pieces);
        writer.Write(pieces);
    }

    /// <summary>Takes up what was saved; the pool must be empty.</summary>
    /// <param name="places">Where each saved feature stands now.</param>
    /// <param name="piece">Reads a piece by its number; null when there is none.</param>
    /// <exception cref="InvalidDataException">A piece is missing or broken.</exception>
    public void Load(BinaryReader reader, FeaturePlaces places, Func<int, byte[]?> piece)
    {
        int pieces = reader.ReadInt32();
        for (int i = 0; i < pieces; i++)
            Load(piece(i) ?? throw new InvalidDataException($"Piece {i} of {pieces} of what was collected is missing."), places);
        _savedPieces = pieces;
        _saved = places == FeaturePlaces.Same ? Count : 0;
    }

    /// <summary>What was saved is not to be counted on: it is kept somewhere else.</summary>
    public void ForgetSaved() => (_saved, _savedPieces) = (0, 0);

    private byte[] Piece(int from, int to)
    {
        int first = _starts[from], end = to < Count ? _starts[to] : _values.Count;
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Ticks[from..to]);
        for (int i = from; i < to; i++)
            writer.Write(Width(i));
        writer.Write<double>(CollectionsMarshal.AsSpan(_values)[first..end]);
        writer.Flush();
        return bytes.ToArray();
    }

    private void Load(byte[] bytes, FeaturePlaces places)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        long[] ticks = reader.ReadArray<long>();
        var widths = new int[ticks.Length];
        for (int i = 0; i < widths.Length; i++)
            widths[i] = reader.ReadInt32();
        double[] values = reader.ReadArray<double>();
        if (widths.Any(width => width < 0) || widths.Sum(width => (long)width) != values.Length)
            throw new InvalidDataException($"{values.Length} values were saved of {ticks.Length} rows of another width.");
        int start = 0;
        for (int i = 0; i < ticks.Length; start += widths[i++])
            Add(ticks[i], places.Arrange(values[start..(start + widths[i])]));
    }
}
