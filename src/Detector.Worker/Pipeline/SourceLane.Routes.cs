using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

// Which series of which pipelines a sample belongs to.
internal sealed partial class SourceLane
{
    private SeriesState[] Route(ReadOnlySpan<byte> key)
    {
        Span<char> buffer = stackalloc char[256];
        if (key.Length <= buffer.Length)
        {
            int length = Encoding.UTF8.GetChars(key, buffer);
            if (_routes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(buffer[..length], out SeriesState[]? known))
                return known;
        }

        string name = Encoding.UTF8.GetString(key);
        return _routes.TryGetValue(name, out SeriesState[]? route) || TryStay(name, out route) ? route! : CreateRoute(name);
    }

    private SeriesState[] CreateRoute(string key)
    {
        _dropped = DropReason.NoPipeline;
        var route = new List<SeriesState>();
        bool limited = false;
        foreach (PipelineRuntime pipeline in pipelines)
        {
            if (!pipeline.Matches(key))
                continue;
            SeriesState? series = Wake(pipeline, key);
            if (series is null && (series = pipeline.TryCreateSeries(key, _ready.Enqueue)) is not null)
                series.QuietUntil = _partition.QuietUntil;
            if (series is not null)
                route.Add(series);
            else
                limited = true;
        }

        if (limited && route.Count == 0)
        {
            // Not remembered: a flood of new keys must not fill the memory.
            _dropped = DropReason.SeriesLimit;
            return [];
        }

        SeriesState[] created = [.. route];
        if (created.Length > 0)
            _routes.Add(key, created);
        if (!_ready.IsEmpty)
            FollowModels();
        return created;
    }
}
