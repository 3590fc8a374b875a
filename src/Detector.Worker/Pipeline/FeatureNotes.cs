using System.Collections.Concurrent;
using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

/// <summary>What the sources of a pipeline know of its features. Thread-safe.</summary>
internal sealed class FeatureNotes : IFeatureNotes
{
    private readonly ConcurrentQueue<IFeatureNotes> _sources = [];

    public void Add(IFeatureNotes source) => _sources.Enqueue(source);

    public FeatureNote? Find(string series, string feature, long ticks)
    {
        foreach (IFeatureNotes source in _sources)
        {
            if (source.Find(series, feature, ticks) is { } note)
                return note;
        }

        return null;
    }
}
