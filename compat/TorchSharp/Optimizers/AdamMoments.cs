using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// What Adam (Kingma and Ba 2014) and AdamW (Loshchilov and Hutter 2017) share: moments per parameter and their native update.
/// </summary>
internal sealed class AdamMoments : IDisposable
{
    private readonly Parameter[] _parameters;
    private readonly Tensor[] _means;
    private readonly Tensor[] _squares;
    private readonly Tensor[] _maxima;
    private readonly long[] _steps;
    private readonly nint[] _meanHandles;
    private readonly nint[] _squareHandles;
    private readonly nint[] _maximumHandles;

    internal AdamMoments(Parameter[] parameters, bool amsgrad)
    {
        _parameters = parameters;
        _steps = new long[parameters.Length];
        _means = Array.ConvertAll(parameters, Zeros);
        _squares = Array.ConvertAll(parameters, Zeros);
        _maxima = amsgrad ? Array.ConvertAll(parameters, Zeros) : [];
        (_meanHandles, _squareHandles, _maximumHandles) = (Native.Handles(_means), Native.Handles(_squares), Native.Handles(_maxima));
    }

    internal void Step(in AdamOptions options)
    {
        Native.ts_adam_step(
            Native.Handles(_parameters), _meanHandles, _squareHandles, _maximumHandles, _steps, _parameters.Length, options);
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        foreach (var moment in (Tensor[])[.. _means, .. _squares, .. _maxima]) moment.Dispose();
    }

    private static Tensor Zeros(Parameter parameter) => zeros_like(parameter).DetachFromDisposeScope();
}
