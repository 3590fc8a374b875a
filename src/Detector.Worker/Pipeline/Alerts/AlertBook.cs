using System.Text.Json;
using Detector.Worker.Contracts;
using Detector.Worker.Storage;

namespace Detector.Worker.Pipeline.Alerts;

/// <summary>
/// The alerts told lately, each with its latest revision; what the page shows and feedback refers to. Kept in a journal, which lags behind by
/// <see cref="Store"/>'s interval at most. Thread-safe; <see cref="Take"/> never waits for the disk.
/// </summary>
internal sealed class AlertBook : IDisposable
{
    /// <summary>Alerts that are kept; the oldest that is over goes first.</summary>
    public const int Capacity = 1000;

    private readonly Lock _lock = new();
    private readonly Journal? _journal;
    private readonly TimeProvider _clock;
    private readonly LinkedList<AlertEntry> _order = [];
    private readonly Dictionary<string, LinkedListNode<AlertEntry>> _byId = new(StringComparer.Ordinal);
    private readonly List<AlertEntry> _unstored = [];
    private readonly Lock _storing = new();
    private long _written;
    private int _version;

    /// <param name="journal">File that keeps the alerts; null keeps them in memory.</param>
    /// <exception cref="IOException">The journal cannot be opened.</exception>
    public AlertBook(TimeProvider clock, string? journal = null)
    {
        _clock = clock;
        if (journal is null)
            return;
        _journal = new Journal(journal);
        foreach (byte[] line in _journal.Lines)
            Put(JsonSerializer.Deserialize(line, AlertBookJson.Default.AlertEntry)!);
        _written = _journal.Lines.Count;
        _journal.Forget();
    }

    /// <summary>Changes with every revision.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>The alerts, those told last first.</summary>
    public IReadOnlyList<AlertEntry> Latest
    {
        get
        {
            lock (_lock)
                return [.. _order];
        }
    }

    /// <summary>Those that are not resolved.</summary>
    public IReadOnlyList<Alert> Open => [.. Latest.Select(entry => entry.Alert).Where(alert => alert.State != AlertState.Resolved)];

    public AlertEntry? Find(string id)
    {
        lock (_lock)
            return _byId.GetValueOrDefault(id)?.Value;
    }

    /// <summary>Takes note of a revision. A replay may tell an older one again: it changes nothing.</summary>
    public void Take(Alert alert)
    {
        var entry = new AlertEntry(alert, alert.Pattern, _clock.GetUtcNow());
        lock (_lock)
        {
            if (_byId.TryGetValue(alert.Id, out LinkedListNode<AlertEntry>? known) && known.Value.Alert.Revision >= alert.Revision)
                return;
            Put(entry);
            if (_journal is not null)
                _unstored.Add(entry);
        }
    }

    /// <summary>Writes to the journal what has come since the last time.</summary>
    /// <exception cref="IOException">It cannot be written; it is tried again the next time.</exception>
    public void Store()
    {
        if (_journal is null)
            return;
        lock (_storing)
            StoreNew(_journal);
    }

    public void Dispose() => _journal?.Dispose();

    private void StoreNew(Journal journal)
    {
        AlertEntry[] entries;
        lock (_lock)
            entries = [.. _unstored];
        if (entries.Length == 0)
            return;
        if (_written + entries.Length > 4 * Capacity)
        {
            // What is put into the book meanwhile is in both: the later line of an alert counts.
            AlertEntry[] all = [.. Latest.Reverse()];
            journal.Rewrite([.. all.Select(Bytes)]);
            _written = all.Length;
        }
        else
        {
            journal.Append([.. entries.Select(Bytes)]);
            _written += entries.Length;
        }

        lock (_lock)
            _unstored.RemoveRange(0, entries.Length);
    }

    private void Put(AlertEntry entry)
    {
        if (_byId.Remove(entry.Alert.Id, out LinkedListNode<AlertEntry>? known))
            _order.Remove(known);
        _byId[entry.Alert.Id] = _order.AddFirst(entry);
        if (_byId.Count > Capacity)
        {
            LinkedListNode<AlertEntry> oldest = _order.Last!;
            for (LinkedListNode<AlertEntry>? node = oldest; node is not null; node = node.Previous)
            {
                if (node.Value.Alert.State == AlertState.Resolved)
                {
                    oldest = node;
                    break;
                }
            }

            _order.Remove(oldest);
            _byId.Remove(oldest.Value.Alert.Id);
        }

        Interlocked.Increment(ref _version);
    }

    private static byte[] Bytes(AlertEntry entry) => JsonSerializer.SerializeToUtf8Bytes(entry, AlertBookJson.Default.AlertEntry);
}
