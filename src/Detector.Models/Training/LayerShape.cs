namespace Detector.Models.Training;

/// <summary>One tensor of a network.</summary>
/// <param name="Name">Its path within the network, for example <c>encoder.0.weight</c>.</param>
/// <param name="Shape">Its shape; a weight's is (out, in).</param>
public sealed record LayerShape(string Name, IReadOnlyList<long> Shape)
{
    /// <summary>Values it holds.</summary>
    public long Parameters => Shape.Aggregate(1L, (product, length) => product * length);
}
