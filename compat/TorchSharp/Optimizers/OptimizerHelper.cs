using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>An optimiser whose groups keep their parameters in arrays, ready for one native call per group and step.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    public override void zero_grad()
    {
        foreach (var group in _parameter_groups)
        {
            var parameters = group.All;
            Native.ts_zero_grad(Native.Handles(parameters), parameters.Length);
            GC.KeepAlive(parameters);
        }
    }

    public override void add_param_group(ParamGroup param_group) => _parameter_groups.Add(param_group);

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var _ = enable_grad();
            loss = closure();
        }

        foreach (var group in _parameter_groups) Step(group);
        return loss;
    }

    private protected abstract void Step(ParamGroup group);
}
