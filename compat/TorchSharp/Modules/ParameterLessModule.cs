using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A module that learns nothing and remembers nothing.</summary>
public abstract class ParameterLessModule<T1, TResult>(string name) : nn.Module<T1, TResult>(name)
{
    public override void register_buffer(string name, Tensor tensor, bool persistent = true) =>
        throw new InvalidOperationException("Cannot register a buffer on a module that is declared 'parameter-less.'");

    public override void register_parameter(string name, Parameter param) =>
        throw new InvalidOperationException("Cannot register a parameter on a module that is declared 'parameter-less.'");
}
