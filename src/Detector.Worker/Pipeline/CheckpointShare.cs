namespace Detector.Worker.Pipeline;

/// <summary>
/// One stage's part in checkpoints: saves the series a few at a time between its other work, and each before it changes for the first time after
/// the cut, so that the stage never stands still for all of them. Owned by the stage's thread.
/// </summary>
internal sealed class CheckpointShare(CheckpointStage stage)
{
    /// <summary>Series that are saved in one go; a few hundred microseconds.</summary>
    private const int Slice = 64;

    private readonly Queue<Checkpoint> _waiting = [];
    private MemoryStream? _bytes;
    private BinaryWriter? _writer;
    private int _next;

    /// <summary>Whether series wait to be saved.</summary>
    public bool IsBusy => _waiting.Count > 0;

    /// <summary>The mark has passed.</summary>
    public void Begin(Checkpoint checkpoint)
    {
        for (int i = 0; i < checkpoint.Series.Count; i++)
            checkpoint.Series[i].Unsaved[(int)stage] = (checkpoint, i);
        _waiting.Enqueue(checkpoint);
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
    public void Advance()
    {
        if (!_waiting.TryPeek(out Checkpoint? checkpoint))
            return;
        int end = Math.Min(_next + Slice, checkpoint.Series.Count);
        for (; _next < end; _next++)
            BeforeChange(checkpoint.Series[_next]);
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
        series.Save(stage, _writer);
        _writer.Flush();
        checkpoint!.Put(stage, index, _bytes.ToArray());
    }
}
