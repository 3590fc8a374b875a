using Detector.Models.Autoencoders;
using Detector.Models.Scoring;

namespace Detector.Worker.Scoring;

/// <summary>Scores batches, window by window of one model in tiles. Lives on one thread.</summary>
internal sealed class BatchScorer : IDisposable
{
    private readonly Dictionary<WindowDimensions, ScoringWorkspace> _workspaces = [];
    private readonly int[] _tile = new int[ScoringWorkspace.TileRows];
    private bool[] _done = [];

    /// <summary>Scores every window of the batch, those of one series in their order. A window's score does not depend on other series.</summary>
    public void Score(WindowBatch batch)
    {
        if (_done.Length < batch.Count)
            _done = new bool[batch.Count];
        Array.Clear(_done, 0, batch.Count);
        for (int first = 0; first < batch.Count; first++)
        {
            if (!_done[first])
                ScoreAllOf(batch.Model(first), batch, first);
        }
    }

    private void ScoreAllOf(AnomalyModel model, WindowBatch batch, int first)
    {
        ScoringWorkspace tile = Workspace(model.Dimensions);
        for (int i = first; i < batch.Count; i++)
        {
            if (_done[i] || batch.Model(i) != model)
                continue;
            _done[i] = true;
            _tile[tile.Count] = i;
            tile.Add(batch.Window(i), model, batch.Memory(i), batch.Restarted(i));
            if (tile.IsFull)
                Run(model, tile, batch);
        }

        if (tile.Count > 0)
            Run(model, tile, batch);
    }

    private void Run(AnomalyModel model, ScoringWorkspace tile, WindowBatch batch)
    {
        model.Score(tile);
        for (int i = 0; i < tile.Count; i++)
            batch.SetResult(_tile[i], tile.Scores[i], tile.Contributions(i), tile.Expected(i));
        tile.Clear();
    }

    private ScoringWorkspace Workspace(WindowDimensions dimensions)
    {
        if (!_workspaces.TryGetValue(dimensions, out ScoringWorkspace? workspace))
            _workspaces.Add(dimensions, workspace = new ScoringWorkspace(dimensions));
        return workspace;
    }

    public void Dispose()
    {
        foreach (ScoringWorkspace workspace in _workspaces.Values)
            workspace.Dispose();
    }
}
