using System.Buffers.Binary;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Pipeline;

/// <summary>
/// One stage's part in checkpoints: saves the series a few at a time between its other work, and each before it changes for the first time after
/// the cut, so that the stage never stands still for all of them. Owned by the stage's thread.
/// </summary>
internal sealed class CheckpointShare(CheckpointStage stage, CheckpointMetrics? metrics = null)
{
    /// <summary>Series that are saved in one go while there is nothing else to do, or between two batches; a few hundred microseconds.</summary>
    public const int Slice = 64;

    private readonly Queue<Checkpoint> _waiting = [];
    private MemoryStream? _bytes;
    private BinaryWriter? _writer;
    private int _next;

    /// <summary>Whether series wait to be saved.</summary>
    public bool IsBusy => _waiting.Count > 0;

    /// <summary>The mark has passed.</summary>
    public void Begin(Checkpoint checkpoint)
    {
        long started = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < checkpoint.Series.Count; i++)
            checkpoint.Series[i].Unsaved[(int)stage] = (checkpoint, i);
        _waiting.Enqueue(checkpoint);
        metrics?.Pause(TimeProvider.System.GetElapsedTime(started));
        Advance();
    }

    /// <summary>A series is about to change.</summary>
    public void BeforeChange(SeriesState series)
    {
        if (series.Unsaved[(int)stage].Checkpoint is not null)
            Save(series);
    }

    /// <summary>The series of a batch are about to change.</summary>
    public void BeforeChange(PipelineBatch batch)
    {
        if (!IsBusy)
            return;
        for (int i = 0; i < batch.Count; i++)
            BeforeChange(batch.Series(i));
    }

    /// <summary>Saves a few series.</summary>
    /// <param name="most">How many at most.</param>
    public void Advance(int most = Slice)
    {
        if (!_waiting.TryPeek(out Checkpoint? checkpoint))
            return;
        long started = TimeProvider.System.GetTimestamp();
        int end = Math.Min(_next + most, checkpoint.Series.Count);
        for (; _next < end; _next++)
            BeforeChange(checkpoint.Series[_next]);
        metrics?.Pause(TimeProvider.System.GetElapsedTime(started));
        if (_next < checkpoint.Series.Count)
            return;
        _waiting.Dequeue();
        _next = 0;
        checkpoint.Release(0);
    }

    private void Save(SeriesState series)
    {
        (Checkpoint? checkpoint, int index) = series.Unsaved[(int)stage];
        series.Unsaved[(int)stage] = default;
        _bytes ??= new MemoryStream();
        _bytes.SetLength(0);
        _writer ??= new BinaryWriter(_bytes);
        _writer.Write(0); // in place of the length
        series.Save(stage, _writer, checkpoint!, checkpoint!.Home(index));
        _writer.Flush();
        Span<byte> share = _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(share, share.Length - SeriesRecord.LengthBytes);
        checkpoint!.Put(stage, index, share);
    }
}
