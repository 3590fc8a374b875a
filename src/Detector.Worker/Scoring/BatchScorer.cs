using System.Runtime.InteropServices;
using Detector.Models.Autoencoders;
using Detector.Models.Scoring;

namespace Detector.Worker.Scoring;

/// <summary>Scores batches, window by window of one model in tiles. Lives on one thread.</summary>
internal sealed class BatchScorer : IDisposable
{
    private readonly Dictionary<WindowDimensions, ScoringWorkspace> _workspaces = [];
    private readonly Dictionary<AnomalyModel, int> _newest = []; // of each model, the last of its windows so far
    private readonly List<int> _oldest = []; // of each model, the first of its windows
    private readonly int[] _tile = new int[ScoringWorkspace.TileRows];
    private int[] _next = []; // of the same model; -1 after the last

    /// <summary>Scores every window of the batch, those of one series in their order. A window's score does not depend on other series.</summary>
    public void Score(WindowBatch batch)
    {
        Chain(batch);
        foreach (int first in _oldest)
            ScoreChain(batch, first);
        _oldest.Clear();
        _newest.Clear();
    }

    /// <summary>Links the windows of each model, in one pass however many models there are.</summary>
    private void Chain(WindowBatch batch)
    {
        if (_next.Length < batch.Count)
            _next = new int[batch.Count];
        for (int i = 0; i < batch.Count; i++)
        {
            ref int newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, batch.Model(i), out bool known);
            if (known)
                _next[newest] = i;
            else
                _oldest.Add(i);
            newest = i;
            _next[i] = -1;
        }
    }

    private void ScoreChain(WindowBatch batch, int first)
    {
        AnomalyModel model = batch.Model(first);
        ScoringWorkspace tile = Workspace(model.Dimensions);
        for (int i = first; i >= 0; i = _next[i])
        {
            _tile[tile.Count] = i;
            tile.Add(batch.Window(i), batch.Memory(i), batch.Restarted(i));
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
