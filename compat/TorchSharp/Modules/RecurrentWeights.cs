using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The shape of a recurrent network and the names of its parameters, in the order in which libtorch wants them.</summary>
internal sealed record RecurrentWeights(
    long Inputs, long Hidden, long Layers, bool Bias, bool BatchFirst, double Dropout, bool Bidirectional, int Gates)
{
    internal long Directions => Bidirectional ? 2 : 1;

    /// <summary>New parameters, uniform in ±1/√hidden.</summary>
    internal IEnumerable<(string Name, Parameter Parameter)> Create(Device? device, ScalarType? dtype)
    {
        for (var layer = 0; layer < Layers; layer++)
            for (var direction = 0; direction < Directions; direction++)
            {
                var suffix = $"_l{layer.ToString(CultureInfo.InvariantCulture)}{(direction == 1 ? "_reverse" : "")}";
                var inputs = layer == 0 ? Inputs : Hidden * Directions;
                yield return ("weight_ih" + suffix, Uniform([Gates * Hidden, inputs]));
                yield return ("weight_hh" + suffix, Uniform([Gates * Hidden, Hidden]));
                if (!Bias) continue;
                yield return ("bias_ih" + suffix, Uniform([Gates * Hidden]));
                yield return ("bias_hh" + suffix, Uniform([Gates * Hidden]));
            }

        Parameter Uniform(long[] shape)
        {
            var bound = 1 / Math.Sqrt(Hidden);
            return (Parameter)empty(shape, dtype, device).uniform_(-bound, bound).AsParameter().DetachFromDisposeScope();
        }
    }

    /// <summary>The state before the first step: zeros.</summary>
    internal Tensor NoState(Tensor input) =>
        zeros(Directions * Layers, input.size(BatchFirst ? 0 : 1), Hidden, input.dtype, input.device);
}
