namespace TorchSharp;

/// <summary>The stack of dispose scopes of one thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? _threadSingleton;

    internal static DisposeScopeManager ThreadSingleton => _threadSingleton ??= new DisposeScopeManager();

    internal DisposeScope? CurrentDisposeScope { get; private set; }

    internal DisposeScope NewDisposeScope() => CurrentDisposeScope = new DisposeScope(this);

    /// <summary>Gives a new tensor to the innermost scope.</summary>
    internal DisposeScope? Register(torch.Tensor tensor)
    {
        CurrentDisposeScope?.Disposables.Add(tensor);
        return CurrentDisposeScope;
    }

    /// <summary>Takes a scope off the stack, wherever in it it is.</summary>
    internal void Remove(DisposeScope scope)
    {
        if (CurrentDisposeScope == scope)
        {
            CurrentDisposeScope = scope.OuterScope;
            return;
        }

        for (var inner = CurrentDisposeScope; inner is not null; inner = inner.OuterScope)
        {
            if (inner.OuterScope != scope) continue;
            inner.OuterScope = scope.OuterScope;
            return;
        }
    }
}
