using System.Diagnostics.CodeAnalysis;

namespace Detector.Worker.Pipeline;

/// <summary>
/// A bounded queue between two stages. A full one makes the stage before it wait: backpressure, never loss. Thread-safe; allocates nothing after
/// construction.
/// </summary>
internal sealed class BoundedQueue<T>(string stage, int capacity)
{
    private readonly object _lock = new();
    private readonly T[] _items = new T[capacity];
    private int _head;
    private int _count;
    private bool _completed;
    private bool _abandoned;

    /// <summary>Name of the stage that takes from it.</summary>
    public string Stage { get; } = stage;

    /// <summary>Whether nothing is added any more.</summary>
    public bool IsOver
    {
        get
        {
            lock (_lock)
                return _completed;
        }
    }

    public int Capacity => _items.Length;

    public int Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>Adds an item unless the queue is full or takes no more.</summary>
    public bool TryAdd(T item)
    {
        lock (_lock)
        {
            if (_completed || _count == _items.Length)
                return false;
            Put(item);
            return true;
        }
    }

    /// <summary>Adds an item, waiting for room; false if the queue takes no more.</summary>
    public bool Add(T item)
    {
        lock (_lock)
        {
            while (!_completed && _count == _items.Length)
                Monitor.Wait(_lock);
            if (_completed)
                return false;
            Put(item);
            return true;
        }
    }

    /// <summary>Takes the next item, waiting for one; false once the queue is complete and empty, or abandoned.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        lock (_lock)
        {
            while (!_completed && _count == 0)
                Monitor.Wait(_lock);
            item = default;
            if (_abandoned || _count == 0)
                return false;
            item = _items[_head];
            _items[_head] = default!;
            _head = (_head + 1) % _items.Length;
            _count--;
            Monitor.PulseAll(_lock);
            return true;
        }
    }

    /// <summary>Takes the next item if there is one.</summary>
    public bool TryTakeNow([MaybeNullWhen(false)] out T item)
    {
        lock (_lock)
        {
            if (_count > 0 || _abandoned)
                return TryTake(out item);
            item = default;
            return false;
        }
    }

    /// <summary>No more items will come; what is there can still be taken.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _completed = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Nothing is added or taken any more: whoever waits goes on at once. For a stage that died, so that no other waits for it.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _abandoned = true;
            _completed = true;
            Monitor.PulseAll(_lock);
        }
    }

    private void Put(T item)
    {
        _items[(_head + _count) % _items.Length] = item;
        _count++;
        Monitor.PulseAll(_lock);
    }
}
