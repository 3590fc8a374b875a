using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>Networks by the name the configuration uses.</summary>
public static class AutoencoderFactory
{
    private static readonly Dictionary<string, Func<WindowDimensions, NetworkOptions, Generator, Autoencoder>> s_networks =
        new(StringComparer.Ordinal)
        {
            ["denoising"] = (dimensions, options, generator) => new DenoisingAutoencoder(dimensions, options, generator),
            ["variational"] = (dimensions, options, generator) => new VariationalAutoencoder(dimensions, options, generator),
            ["linear"] = (dimensions, options, _) => new LinearAutoencoder(dimensions, options),
            ["dense"] = (dimensions, options, generator) => new DenseAutoencoder(dimensions, options, generator),
            ["stacked"] = (dimensions, options, generator) => new StackedAutoencoder(dimensions, options, generator),
            ["sparse"] = (dimensions, options, generator) => new SparseAutoencoder(dimensions, options, generator),
            ["contractive"] = (dimensions, options, generator) => new ContractiveAutoencoder(dimensions, options, generator),
            ["convolutional"] = (dimensions, options, generator) => new ConvolutionalAutoencoder(dimensions, options, generator),
            ["recurrent"] = (dimensions, options, generator) => new RecurrentAutoencoder(dimensions, options, generator),
            ["adversarial"] = (dimensions, options, generator) => new AdversarialAutoencoder(dimensions, options, generator),
        };

    /// <summary>The names that <see cref="Create"/> knows, those of the default ensemble first.</summary>
    public static IReadOnlyCollection<string> Names => s_networks.Keys;

    /// <exception cref="ArgumentException">The name is not known.</exception>
    public static Autoencoder Create(string name, WindowDimensions dimensions, NetworkOptions options, Generator generator) =>
        s_networks.TryGetValue(name, out var create)
            ? create(dimensions, options, generator)
            : throw new ArgumentException($"There is no network '{name}'; use one of {string.Join(", ", Names)}.", nameof(name));
}
