using System.Text.Json;
using Detector.Worker.Storage;

namespace Detector.Worker.Publishing.Webhook;

/// <summary>What a webhook has yet to deliver, in order, on disk: it outlives the process. Thread-safe.</summary>
internal sealed class WebhookQueue : IDisposable
{
    /// <summary>Length of the journal from which on an empty queue makes it short again.</summary>
    private const long MaxIdleBytes = 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Journal? _journal;
    private readonly Queue<WebhookEntry> _waiting = [];
    private long _last;

    /// <param name="path">File of the queue; null keeps it in memory.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public WebhookQueue(string? path)
    {
        if (path is null)
            return;
        _journal = new Journal(path);
        foreach (byte[] line in _journal.Lines)
        {
            WebhookLine read = JsonSerializer.Deserialize(line, WebhookJson.Default.WebhookLine)!;
            if (read.Add is { } entry)
                _waiting.Enqueue(entry);
            while (read.Done is { } done && _waiting.TryPeek(out WebhookEntry? first) && first.Number <= done)
                _waiting.Dequeue();
            _last = Math.Max(_last, read.Add?.Number ?? read.Done ?? 0);
        }

        _journal.Forget();
    }

    public int Count
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>Adds records with one flush to the disk.</summary>
    /// <exception cref="IOException">They cannot be written; none is added.</exception>
    public void Add(IReadOnlyList<(string Id, IReadOnlyDictionary<string, string> Headers, string Body)> records)
    {
        lock (_lock)
        {
            WebhookEntry[] entries = [.. records.Select((record, i) => new WebhookEntry(_last + 1 + i, record.Id, record.Headers, record.Body))];
            _journal?.Append([.. entries.Select(entry => Bytes(new WebhookLine(entry, null)))]);
            foreach (WebhookEntry entry in entries)
                _waiting.Enqueue(entry);
            _last += entries.Length;
        }
    }

    public WebhookEntry? Peek()
    {
        lock (_lock)
            return _waiting.TryPeek(out WebhookEntry? entry) ? entry : null;
    }

    /// <summary>The first entry is done with.</summary>
    public void Done()
    {
        lock (_lock)
        {
            long number = _waiting.Dequeue().Number;
            if (_waiting.Count == 0 && _journal?.Bytes > MaxIdleBytes)
                _journal.Rewrite([Bytes(new WebhookLine(null, number))]);
            else
                _journal?.Append(Bytes(new WebhookLine(null, number)));
        }
    }

    public void Dispose() => _journal?.Dispose();

    private static byte[] Bytes(WebhookLine line) => JsonSerializer.SerializeToUtf8Bytes(line, WebhookJson.Default.WebhookLine);
}
