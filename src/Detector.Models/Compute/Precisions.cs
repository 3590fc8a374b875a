using static TorchSharp.torch;

namespace Detector.Models.Compute;

/// <summary>Precisions by the name the configuration uses, which is torch's.</summary>
public static class Precisions
{
    private static readonly (string Name, Precision Precision, ScalarType Type)[] s_all =
    [
        ("float32", Precision.F32, ScalarType.Float32),
        ("bfloat16", Precision.BF16, ScalarType.BFloat16),
        ("float16", Precision.F16, ScalarType.Float16),
    ];

    public static IReadOnlyCollection<string> Names { get; } = [.. s_all.Select(known => known.Name)];

    /// <exception cref="ArgumentException">The name is not known.</exception>
    public static Precision Parse(string name) => Array.Find(s_all, known => known.Name == name) is { Name: not null } found
        ? found.Precision
        : throw new ArgumentException($"There is no precision '{name}'; use one of {string.Join(", ", Names)}.", nameof(name));

    public static string Name(this Precision precision) => s_all[(int)precision].Name;

    internal static ScalarType Type(this Precision precision) => s_all[(int)precision].Type;
}
