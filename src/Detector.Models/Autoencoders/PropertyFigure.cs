using System.Text.Json.Serialization;

namespace Detector.Models.Autoencoders;

/// <summary>A figure that shows the property a network exists for, measured on windows it did not learn from.</summary>
/// <param name="Name">What was measured, in words.</param>
/// <param name="Values">One value, or one for each dimension of the code.</param>
[method: JsonConstructor]
public sealed record PropertyFigure(string Name, IReadOnlyList<double> Values)
{
    public PropertyFigure(string name, double value)
        : this(name, [value])
    {
    }
}
