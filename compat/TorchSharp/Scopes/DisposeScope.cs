using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Owns the tensors that are made on its thread while it is the innermost scope, and disposes them when it is disposed.</summary>
public sealed class DisposeScope : IDisposable
{
    private DisposeScopeManager? _manager;

    internal DisposeScope(DisposeScopeManager manager)
    {
        _manager = manager;
        OuterScope = manager.CurrentDisposeScope;
    }

    /// <summary>What the scope owns, as of now.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            CheckAlive();
            return Disposables.ToArray();
        }
    }

    public int DisposablesCount
    {
        get
        {
            CheckAlive();
            return Disposables.Count;
        }
    }

    internal DisposeScope? OuterScope { get; set; }

    internal HashSet<IDisposable> Disposables { get; private set; } = new(ReferenceEqualityComparer.Instance);

    public bool Contains(IDisposable disposable) => Disposables.Contains(disposable);

    public T MoveToOuter<T>(T disposable) where T : IDisposable
    {
        MoveToOuter((IEnumerable<IDisposable>)[disposable]);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        MoveToOuter((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        MoveToOuter((IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    /// <summary>Gives them to the outer scope; to nobody if there is none.</summary>
    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        MoveToOther(scope, (IEnumerable<IDisposable>)[disposable]);
        return disposable;
    }

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) =>
        MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        CheckAlive();
        foreach (var disposable in disposables)
            if (Disposables.Remove(disposable))
                Give(disposable, scope);
    }

    public T Detach<T>(T disposable) where T : IDisposable
    {
        Detach((IEnumerable<IDisposable>)[disposable]);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        Detach((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    /// <summary>Takes them out of all scopes: whoever holds them disposes them.</summary>
    public void Detach(IEnumerable<IDisposable> disposables) => MoveToOther(null, disposables);

    public void Attach(IDisposable disposable) => Attach((IEnumerable<IDisposable>)[disposable]);

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    /// <summary>Takes them over from whatever scope owns them.</summary>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        CheckAlive();
        var attached = disposables.ToList();
        foreach (var disposable in attached)
        {
            if (disposable is not Tensor tensor) throw new InvalidOperationException("A dispose scope can only manage tensors.");
            if (tensor.OwningDisposeScope == this) continue;
            tensor.OwningDisposeScope?.Disposables.Remove(tensor);
            Give(tensor, this);
        }

        return attached;
    }

    public void DisposeEverything() => DisposeEverythingBut((IEnumerable<IDisposable>)[]);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        CheckAlive();
        var all = Disposables;
        Disposables = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        foreach (var disposable in all)
            if (!Disposables.Contains(disposable))
                disposable.Dispose();
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    public void Dispose()
    {
        if (_manager is null) return;
        DisposeEverything();
        _manager.Remove(this);
        _manager = null;
    }

    /// <summary>Forgets something that was disposed by other means.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        CheckAlive();
        Disposables.Remove(disposable);
        Own(disposable, null);
    }

    /// <summary>Puts one tensor in the place of another.</summary>
    internal static void ReplaceWith(Tensor original, Tensor replacement)
    {
        var scope = original.OwningDisposeScope;
        if (scope is null || !scope.Disposables.Remove(original)) return;
        original.OwningDisposeScope = null;
        Give(replacement, scope);
    }

    private static void Give(IDisposable disposable, DisposeScope? scope)
    {
        scope?.Disposables.Add(disposable);
        Own(disposable, scope);
    }

    private static void Own(IDisposable disposable, DisposeScope? scope)
    {
        if (disposable is Tensor tensor) tensor.OwningDisposeScope = scope;
    }

    private void CheckAlive() => ObjectDisposedException.ThrowIf(_manager is null, this);
}
