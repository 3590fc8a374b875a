namespace Detector.Benchmarks.Accuracy;

/// <summary>Settings that could be the defaults.</summary>
/// <param name="Name">In a few words.</param>
/// <param name="Overrides">What differs from the defaults, KEY=VALUE.</param>
internal sealed record Variant(string Name, IReadOnlyList<string> Overrides)
{
    /// <summary>The defaults, and what is compared with them unless the command line says otherwise.</summary>
    public static IReadOnlyList<Variant> All { get; } =
    [
        new("defaults", []),
        new("linear", ["Model:Networks:0=linear"]),
        new("denoising", ["Model:Networks:0=denoising"]),
        new("denoising, linear", ["Model:Networks:0=denoising", "Model:Networks:1=linear"]),
        new("robust scaler", ["Model:Scaler=robust"]),
        new("code of 16", ["Model:Latent=16"]),
        new("code of 64", ["Model:Latent=64"]),
    ];

    /// <param name="text"><c>KEY=VALUE KEY=VALUE …</c>, which is its name too.</param>
    public static Variant Parse(string text) => new(text, text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
