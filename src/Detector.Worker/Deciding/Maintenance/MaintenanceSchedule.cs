using System.Text.Json;
using Detector.Worker.Contracts;
using Detector.Worker.Storage;

namespace Detector.Worker.Deciding.Maintenance;

/// <summary>
/// When which series are under maintenance: what the configuration says, its calendars, and what was entered since, which is kept in a journal.
/// Thread-safe; whoever asks often asks a <see cref="MaintenanceWatch"/>.
/// </summary>
internal sealed class MaintenanceSchedule : IDisposable
{
    /// <summary>Windows that may be entered; what is over for a year is forgotten.</summary>
    public const int MaxEntered = 1000;

    private readonly Lock _lock = new();
    private readonly Journal? _journal;
    private readonly List<MaintenanceSpan> _configured = [];
    private readonly List<MaintenanceCalendar> _calendars = [];
    private readonly Dictionary<string, MaintenanceWindow> _entered = new(StringComparer.Ordinal);
    private MaintenanceSpan[] _spans = [];
    private int _version;

    /// <param name="options">Entries of the configuration, by name.</param>
    /// <param name="journal">File of what is entered while the service runs; null keeps it in memory.</param>
    /// <exception cref="InvalidDataException">A calendar cannot be used.</exception>
    /// <exception cref="IOException">The journal cannot be opened.</exception>
    public MaintenanceSchedule(IDictionary<string, MaintenanceOptions>? options = null, string? journal = null)
    {
        foreach ((string name, MaintenanceOptions entry) in options ?? new Dictionary<string, MaintenanceOptions>())
        {
            if (entry is { From: { } from, To: { } to })
            {
                _configured.Add(new MaintenanceSpan(entry.Pipelines, entry.Series, (_, _) => [(from.UtcTicks, to.UtcTicks)]));
                continue;
            }

            var calendar = new MaintenanceCalendar(name, entry);
            calendar.Refresh();
            _calendars.Add(calendar);
        }

        if (journal is not null)
        {
            _journal = new Journal(journal);
            foreach (byte[] line in _journal.Lines)
                Take(JsonSerializer.Deserialize(line, DecidingJson.Default.MaintenanceEntry));
            _journal.Forget();
        }

        Renew();
    }

    /// <summary>Changes whenever an answer may have changed.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>What was entered while the service runs, by their beginning.</summary>
    public IReadOnlyList<MaintenanceWindow> Entered
    {
        get
        {
            lock (_lock)
                return [.. _entered.Values.OrderBy(window => window.From)];
        }
    }

    /// <summary>Whether a series is under maintenance then, and the stretch around that time in which the answer holds, UTC ticks.</summary>
    public bool Covers(string pipeline, string series, long ticks, out long from, out long to)
    {
        (from, to) = (ticks - TimeSpan.TicksPerDay, ticks + TimeSpan.TicksPerDay);
        bool covered = false;
        foreach (MaintenanceSpan span in Volatile.Read(ref _spans))
        {
            if (!SeriesPattern.Matches(span.Pipelines, pipeline) || !SeriesPattern.Matches(span.Series, series))
                continue;
            foreach ((long begin, long end) in span.Occurrences(ticks - TimeSpan.TicksPerDay, ticks + TimeSpan.TicksPerDay))
            {
                bool inside = begin <= ticks && ticks < end;
                if (inside && !covered)
                    (from, to, covered) = (begin, end, true);
                else if (!inside && !covered)
                    (from, to) = end <= ticks ? (Math.Max(from, end), to) : (from, Math.Min(to, begin));
            }
        }

        return covered;
    }

    /// <summary>Enters a window; it is durable when this returns.</summary>
    /// <exception cref="InvalidOperationException">There are too many.</exception>
    public void Enter(MaintenanceWindow window, DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach (MaintenanceWindow old in _entered.Values.Where(old => now - old.To > TimeSpan.FromDays(366)).ToArray())
                Append(new MaintenanceEntry(null, old.Id));
            if (_entered.Count >= MaxEntered)
                throw new InvalidOperationException($"There are {MaxEntered} maintenance windows already; remove some.");
            Append(new MaintenanceEntry(window, null));
            Renew();
        }
    }

    /// <summary>Takes an entered window back.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string id)
    {
        lock (_lock)
        {
            if (!_entered.ContainsKey(id))
                return false;
            Append(new MaintenanceEntry(null, id));
            Renew();
            return true;
        }
    }

    /// <summary>Reads calendars again that have changed.</summary>
    /// <returns>A sentence for each that cannot be used; what it said before stays in force.</returns>
    public IReadOnlyList<string> Refresh()
    {
        var troubles = new List<string>();
        bool changed = false;
        lock (_lock)
        {
            foreach (MaintenanceCalendar calendar in _calendars)
            {
                try
                {
                    changed |= calendar.Refresh();
                }
                catch (InvalidDataException error)
                {
                    troubles.Add(error.Message);
                }
            }

            if (changed)
                Renew();
        }

        return troubles;
    }

    public void Dispose() => _journal?.Dispose();

    private void Append(MaintenanceEntry entry)
    {
        _journal?.Append(JsonSerializer.SerializeToUtf8Bytes(entry, DecidingJson.Default.MaintenanceEntry));
        Take(entry);
    }

    private void Take(MaintenanceEntry? entry)
    {
        if (entry?.Add is { } window)
            _entered[window.Id] = window;
        if (entry?.Remove is { } id)
            _entered.Remove(id);
    }

    private void Renew()
    {
        Volatile.Write(ref _spans, [.. _configured, .. _calendars.Select(calendar => calendar.Span!), .. _entered.Values.Select(window => window.Span)]);
        Interlocked.Increment(ref _version);
    }
}
