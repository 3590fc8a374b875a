namespace MQTTnet.Connection;

/// <summary>Handlers that are awaited one after the other.</summary>
internal sealed class AsyncEvent<T>
{
    private readonly Lock _gate = new();
    private Func<T, Task>[] _handlers = [];

    public bool HasHandlers => _handlers.Length > 0;

    public void Add(Func<T, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_gate)
            _handlers = [.. _handlers, handler];
    }

    public void Remove(Func<T, Task> handler)
    {
        lock (_gate)
            _handlers = [.. _handlers.Where(known => known != handler)];
    }

    public async Task InvokeAsync(T argument)
    {
        foreach (Func<T, Task> handler in _handlers)
            await handler(argument).ConfigureAwait(false);
    }
}
