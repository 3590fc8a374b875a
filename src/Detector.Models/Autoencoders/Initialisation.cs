using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>First weights of a layer, from a generator of one's own: the global one belongs to whoever else trains at the same time.</summary>
internal static class Initialisation
{
    /// <summary>Draws all parameters anew, uniform in ±1/√fan-in (LeCun et al. 1998).</summary>
    /// <param name="layer">Whose parameters are drawn, weights before biases.</param>
    /// <param name="fanIn">Values that one unit of the layer reads.</param>
    /// <param name="generator">Where they come from.</param>
    public static void Draw(nn.Module layer, int fanIn, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        double bound = 1 / Math.Sqrt(fanIn);
        foreach ((_, TorchSharp.Modules.Parameter parameter) in layer.named_parameters().OrderByDescending(entry => entry.name, StringComparer.Ordinal))
            parameter.copy_((rand(parameter.shape, generator: generator) * 2 - 1) * bound);
    }
}
