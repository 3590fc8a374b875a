using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Detector.Worker.Pipeline;

/// <summary>A bounded queue between two stages. A full one makes the stage before it wait: backpressure, never loss.</summary>
internal sealed class BoundedQueue<T>(string stage, int capacity) : IDisposable
{
    private readonly BlockingCollection<T> _items = new(new ConcurrentQueue<T>(), capacity);

    /// <summary>Name of the stage that takes from it.</summary>
    public string Stage { get; } = stage;

    public int Capacity => _items.BoundedCapacity;

    public int Count => _items.Count;

    /// <summary>Adds an item unless the queue is full.</summary>
    public bool TryAdd(T item) => _items.TryAdd(item);

    /// <summary>Adds an item, waiting for room.</summary>
    public void Add(T item) => _items.Add(item);

    /// <summary>Takes the next item, waiting for one; false once the queue is complete and empty.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T item) => _items.TryTake(out item, Timeout.Infinite);

    /// <summary>No more items will come.</summary>
    public void Complete() => _items.CompleteAdding();

    public void Dispose() => _items.Dispose();
}
