using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules one after the other, named 0, 1, 2 … unless named otherwise.</summary>
public class Sequential : nn.Module<Tensor, Tensor>
{
    private readonly List<(string Name, nn.IModule<Tensor, Tensor> Module)> _modules = [];

    internal Sequential() : base(nameof(Sequential))
    {
    }

    protected Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : this()
    {
        foreach (var (name, module) in modules) append(name, module);
    }

    protected Sequential(params nn.Module<Tensor, Tensor>[] modules) : this()
    {
        foreach (var module in modules) append(module);
    }

    public int Count => _modules.Count;

    [IndexerName("SequentialItems")]
    public nn.IModule<Tensor, Tensor> this[int index] => _modules[index].Module;

    public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
    {
        _modules.Add((name, module));
        return this;
    }

    public Sequential append(nn.IModule<Tensor, Tensor> module) => append(_modules.Count.ToString(CultureInfo.InvariantCulture), module);

    public override IEnumerable<(string name, nn.Module module)> named_children() =>
        _modules.Select(m => (m.Name, (nn.Module)m.Module));

    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
    {
        if (!recurse) yield break;
        HashSet<nint> seen = [0];
        foreach (var (child, module) in named_children())
            foreach (var (name, parameter) in module.named_parameters())
                if (seen.Add(parameter.handle)) yield return ($"{child}.{name}", parameter);
    }

    public override IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
    {
        if (!recurse) yield break;
        HashSet<nint> seen = [0];
        foreach (var (child, module) in named_children())
            foreach (var (name, buffer) in module.named_buffers(true, include_nonpersistent))
                if (seen.Add(buffer.handle)) yield return ($"{child}.{name}", buffer);
    }

    /// <summary>Disposes what each module but the last has made.</summary>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (_modules.Count == 0) return input.alias();
        var current = _modules[0].Module.call(input);
        for (var i = 1; i < _modules.Count; i++)
        {
            var next = _modules[i].Module.call(current);
            current.Dispose();
            current = next;
        }

        return current;
    }
}
