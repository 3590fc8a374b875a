using System.Text.Json;
using Detector.Worker.Contracts;
using Detector.Worker.Storage;

namespace Detector.Worker.Deciding.Feedback;

/// <summary>What people have said of alerts, kept in a journal. Thread-safe.</summary>
internal sealed class FeedbackBook : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Journal? _journal;
    private readonly Dictionary<string, FeedbackMark> _marks = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Pipeline, string Series), FeedbackMark[]> _bySeries = [];
    private int _version;

    /// <param name="journal">File that keeps the marks; null keeps them in memory.</param>
    /// <exception cref="IOException">The journal cannot be opened.</exception>
    public FeedbackBook(string? journal = null)
    {
        if (journal is null)
            return;
        _journal = new Journal(journal);
        foreach (byte[] line in _journal.Lines)
            Take(JsonSerializer.Deserialize(line, DecidingJson.Default.FeedbackMark)!);
        if (_journal.Lines.Count > 2 * _marks.Count)
            _journal.Rewrite([.. _marks.Values.Select(Bytes)]);
        _journal.Forget();
    }

    /// <summary>Changes with every mark.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Adds a mark; it is durable when this returns.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Add(FeedbackMark mark)
    {
        lock (_lock)
        {
            _journal?.Append(Bytes(mark));
            Take(mark);
        }
    }

    /// <summary>The verdict on an alert; null when there is none.</summary>
    public FeedbackVerdict? VerdictOn(string alertId)
    {
        lock (_lock)
            return _marks.TryGetValue(alertId, out FeedbackMark? mark) ? mark.Verdict : null;
    }

    /// <summary>The marks on alerts of a series.</summary>
    public IReadOnlyList<FeedbackMark> Of(string pipeline, string series)
    {
        lock (_lock)
            return _bySeries.GetValueOrDefault((pipeline, series), []);
    }

    /// <summary>Share of a pipeline's marked alerts that were confirmed; null while none is.</summary>
    public double? Precision(string pipeline)
    {
        lock (_lock)
        {
            FeedbackMark[] marks = [.. _marks.Values.Where(mark => mark.Pipeline == pipeline)];
            return marks.Length == 0 ? null : (double)marks.Count(mark => mark.Verdict == FeedbackVerdict.Confirmed) / marks.Length;
        }
    }

    /// <summary>Whether a time of a series was confirmed to be faulty, so that nothing must be learned from it.</summary>
    public bool IsFaulty(string pipeline, string series, long ticks)
    {
        foreach (FeedbackMark mark in Of(pipeline, series))
        {
            if (mark.Verdict == FeedbackVerdict.Confirmed && mark.From.UtcTicks <= ticks && ticks <= mark.To.UtcTicks)
                return true;
        }

        return false;
    }

    public void Dispose() => _journal?.Dispose();

    private void Take(FeedbackMark mark)
    {
        _marks[mark.AlertId] = mark;
        (string, string) series = (mark.Pipeline, mark.Series);
        _bySeries[series] = [.. _bySeries.GetValueOrDefault(series, []).Where(other => other.AlertId != mark.AlertId), mark];
        Interlocked.Increment(ref _version);
    }

    private static byte[] Bytes(FeedbackMark mark) => JsonSerializer.SerializeToUtf8Bytes(mark, DecidingJson.Default.FeedbackMark);
}
