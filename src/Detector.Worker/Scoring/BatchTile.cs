using Detector.Models.Scoring;

namespace Detector.Worker.Scoring;

/// <summary>A tile of windows of one model, and where in the batch they come from.</summary>
internal sealed class BatchTile(AnomalyModel model) : IDisposable
{
    private readonly int[] _places = new int[model.TileRows];

    public ScoringWorkspace Windows { get; } = new(model.Dimensions, model.TileRows);

    public bool IsFull => Windows.IsFull;

    public void Add(WindowBatch batch, int index)
    {
        _places[Windows.Count] = index;
        Windows.Add(batch.Window(index), batch.Memory(index), batch.Restarted(index));
    }

    /// <summary>Takes the scores of a tile that the model has begun into the batch, and empties it.</summary>
    public void Finish(AnomalyModel model, WindowBatch batch)
    {
        model.Finish(Windows);
        for (int i = 0; i < Windows.Count; i++)
            batch.SetResult(_places[i], Windows.Scores[i], Windows.Contributions(i), Windows.Expected(i));
        Windows.Clear();
    }

    public void Dispose() => Windows.Dispose();
}
