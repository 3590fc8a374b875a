using System.Runtime.InteropServices;
using Detector.Models.Autoencoders;
using Detector.Models.Scoring;

namespace Detector.Worker.Scoring;

/// <summary>
/// Scores batches, window by window of one model in tiles. Where a device runs the networks it works on one tile while the views look at the tile
/// before. Lives on one thread.
/// </summary>
internal sealed class BatchScorer : IDisposable
{
    private readonly Dictionary<(WindowDimensions, int Rows, bool WorksAhead), (BatchTile Filling, BatchTile Working)> _tiles = [];
    private readonly Dictionary<AnomalyModel, int> _newest = []; // of each model, the last of its windows so far
    private readonly List<int> _oldest = []; // of each model, the first of its windows
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
            for (; i + 1 < batch.Count && batch.Model(i + 1) == batch.Model(i); i++)
                _next[i] = i + 1; // where series share a model this is all there is to do
            newest = i;
            _next[i] = -1;
        }
    }

    private void ScoreChain(WindowBatch batch, int first)
    {
        AnomalyModel model = batch.Model(first);
        (BatchTile filling, BatchTile working) = Tiles(model);
        for (int i = first; i >= 0; i = _next[i])
        {
            filling.Add(batch, i);
            if (filling.IsFull)
                Advance(model, batch, ref filling, ref working);
        }

        Advance(model, batch, ref filling, ref working);
        Advance(model, batch, ref filling, ref working);
    }

    /// <summary>Has the device begin with the tile that was filled, and finishes the one it has worked on. On the CPU they are the same.</summary>
    private static void Advance(AnomalyModel model, WindowBatch batch, ref BatchTile filling, ref BatchTile working)
    {
        model.Wait();
        model.Begin(filling.Windows);
        working.Finish(model, batch);
        (filling, working) = (working, filling);
    }

    private (BatchTile Filling, BatchTile Working) Tiles(AnomalyModel model)
    {
        ref (BatchTile Filling, BatchTile Working) tiles =
            ref CollectionsMarshal.GetValueRefOrAddDefault(_tiles, (model.Dimensions, model.TileRows, model.WorksAhead), out bool known);
        if (!known)
        {
            var tile = new BatchTile(model);
            tiles = (tile, model.WorksAhead ? new BatchTile(model) : tile);
        }

        return tiles;
    }

    public void Dispose()
    {
        foreach ((BatchTile filling, BatchTile working) in _tiles.Values)
        {
            filling.Dispose();
            working.Dispose();
        }
    }
}
