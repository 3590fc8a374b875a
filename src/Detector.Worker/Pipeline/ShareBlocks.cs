using System.Buffers;

namespace Detector.Worker.Pipeline;

/// <summary>
/// What one stage has saved for a checkpoint, in blocks that are rented and given back. Thousands of arrays that live until they are written would
/// be copied by the garbage collector, and the stages stand still meanwhile. Owned by one thread until the checkpoint is whole.
/// </summary>
internal sealed class ShareBlocks
{
    private const int FirstBytes = 64 * 1024, MostBytes = 1024 * 1024;
    private readonly List<byte[]> _blocks = [];
    private int _used;

    /// <summary>Keeps a copy.</summary>
    public ReadOnlyMemory<byte> Add(ReadOnlySpan<byte> share)
    {
        if (_blocks.Count == 0 || _blocks[^1].Length - _used < share.Length)
        {
            int size = Math.Min(MostBytes, FirstBytes << Math.Min(_blocks.Count, 4));
            _blocks.Add(ArrayPool<byte>.Shared.Rent(Math.Max(size, share.Length)));
            _used = 0;
        }

        Memory<byte> kept = _blocks[^1].AsMemory(_used, share.Length);
        share.CopyTo(kept.Span);
        _used += share.Length;
        return kept;
    }

    /// <summary>Gives the blocks back: what was kept is no longer to be looked at.</summary>
    public void Free()
    {
        foreach (byte[] block in _blocks)
            ArrayPool<byte>.Shared.Return(block);
        _blocks.Clear();
    }
}
