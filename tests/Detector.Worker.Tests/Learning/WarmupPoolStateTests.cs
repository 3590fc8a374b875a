using Detector.Worker.Contracts;
using Detector.Worker.Learning;

namespace Detector.Worker.Tests.Learning;

public sealed class WarmupPoolStateTests
{
    private readonly WarmupPool _pool = new();
    private readonly Dictionary<int, byte[]> _pieces = [];
    private byte[] _record = [];

    [Fact]
    public void Save_Again_WritesThePiecesThatHaveChanged()
    {
        Fill(WarmupPool.PieceRows + 10);
        Assert.Equal([0, 1], Save());
        Assert.Empty(Save());
        Fill(1);
        Assert.Equal([1], Save());
        Fill(WarmupPool.PieceRows - 11);
        Assert.Equal([1], Save());
        Fill(1);
        Assert.Equal([2], Save());
    }

    [Fact]
    public void Load_RowsOfDifferentWidths_AreAsTheyWereAndGoOnFromThere()
    {
        Fill(WarmupPool.PieceRows + 10);
        _pool.Add(10_000, [1, 2, 3]);
        Save();
        WarmupPool again = Load();
        Assert.Equal(_pool.Ticks.ToArray(), again.Ticks.ToArray());
        Assert.Equal([1, 2, 3], Row(again, again.Count - 1));
        Assert.Equal(Row(_pool, 7), Row(again, 7));

        again.Add(10_001, [4, 5, 6]);
        Assert.Equal([1], Save(again));
    }

    [Fact]
    public void Clear_Saved_RemovesThePieces()
    {
        Fill(2 * WarmupPool.PieceRows);
        Save();
        _pool.Clear();
        Assert.Equal([0, 1], Save());
        Assert.Empty(_pieces);
        Assert.Equal(0, Load().Count);
    }

    [Fact]
    public void ForgetHalf_Saved_WritesAllAnew()
    {
        Fill(3 * WarmupPool.PieceRows);
        Save();
        _pool.ForgetHalf();
        Assert.Equal([0, 1, 2], Save());
        Assert.Equal(_pool.Ticks.ToArray(), Load().Ticks.ToArray());
        Assert.Equal(2, _pieces.Count);
    }

    [Fact]
    public void ForgetSaved_WritesAllAnew()
    {
        Fill(WarmupPool.PieceRows + 1);
        Save();
        _pool.ForgetSaved();
        Assert.Equal([0, 1], Save());
    }

    [Fact]
    public void Load_PieceIsMissing_IsRefused()
    {
        Fill(WarmupPool.PieceRows + 1);
        Save();
        _pieces.Remove(0);
        Assert.Contains("Piece 0 of 2", Assert.Throws<InvalidDataException>(Load).Message, StringComparison.Ordinal);
    }

    private void Fill(int rows)
    {
        for (int i = 0; i < rows; i++)
            _pool.Add(_pool.Count, [_pool.Count, -_pool.Count]);
    }

    private int[] Save(WarmupPool? pool = null)
    {
        var written = new List<int>();
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        (pool ?? _pool).Save(writer, (piece, rows) =>
        {
            written.Add(piece);
            if (rows is null)
                _pieces.Remove(piece);
            else
                _pieces[piece] = rows;
        });
        writer.Flush();
        _record = bytes.ToArray();
        return [.. written];
    }

    private WarmupPool Load()
    {
        var pool = new WarmupPool();
        using var reader = new BinaryReader(new MemoryStream(_record));
        pool.Load(reader, FeaturePlaces.Same, _pieces.GetValueOrDefault);
        return pool;
    }

    private static double[] Row(WarmupPool pool, int index)
    {
        double[] row = new double[pool.Width(index)];
        pool.CopyRow(index, row);
        return row;
    }
}
