namespace Detector.Worker.Pipeline;

// Series that make room for others. They leave with a cut, and stay on disk until their next sample.
internal sealed partial class SourceLane
{
    /// <summary>A series with fewer samples is not known yet, and makes room before those that are: a flood of names that come once passes them by.</summary>
    private const int KnownAfter = 16;

    private readonly Dictionary<string, SeriesState[]> _leaving = new(StringComparer.Ordinal);
    private bool _canSpill = true;

    private bool IsFull
    {
        get
        {
            // Asked with every message.
            for (int i = 0; i < pipelines.Count && _canSpill; i++)
            {
                if (pipelines[i].Spills && pipelines[i].Count >= pipelines[i].Options.MaxSeries)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Whether another series would find its place; if not, one is being made.</summary>
    private bool HasPlace => checkpoints is null || !IsFull;

    private bool TryStay(string key, out SeriesState[]? route)
    {
        if (!_leaving.Remove(key, out route))
            return false;
        _routes.Add(key, route);
        return true;
    }

    /// <summary>Chooses who makes room: a tenth of those that a full pipeline may have, the unknown and least recently seen first.</summary>
    private void Spill()
    {
        foreach (PipelineRuntime pipeline in pipelines)
        {
            if (!pipeline.Spills || pipeline.Count < pipeline.Options.MaxSeries)
                continue;
            int wanted = pipeline.Count - pipeline.Options.MaxSeries + Math.Max(1, pipeline.Options.MaxSeries / 10);
            string[] leaving =
            [
                .. _routes.Where(pair => pair.Value.Any(series => series.Pipeline == pipeline) && pair.Value.All(CanLeave))
                    .OrderBy(pair => pair.Value.Max(series => series.Samples) >= KnownAfter)
                    .ThenBy(pair => pair.Value.Max(series => series.LastSeen)).Take(wanted).Select(pair => pair.Key),
            ];
            _canSpill = leaving.Length > 0;
            foreach (string key in leaving)
            {
                _routes.Remove(key, out SeriesState[]? route);
                _leaving.Add(key, route!);
            }
        }
    }

    private static bool CanLeave(SeriesState series) => series.CanSpill && series.Home is { State: not null, Next: >= 0, IsGone: false };

    /// <summary>Drops the series that left with a checkpoint, now that it is saved.</summary>
    private void DropLeft()
    {
        _canSpill = true;
        if (_leaving.Count == 0)
            return;
        foreach (SeriesState[] route in _leaving.Values)
        {
            foreach (SeriesState series in route)
            {
                series.Home!.Spilled.Add(SeriesRecord.Name(series));
                series.Pipeline.Remove(series);
                series.Pipeline.Metrics.Evicted();
            }
        }

        _leaving.Clear();
    }
}
