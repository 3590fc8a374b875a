namespace Detector.Worker.Hosting.Configuration;

/// <summary>The configuration as it stands after every layer was read, with everything that is wrong with it.</summary>
internal sealed record LoadedConfiguration
{
    /// <summary>The effective options; where a value could not be used, its default.</summary>
    public required DetectorOptions Options { get; init; }

    /// <summary>All mistakes, each a sentence with key, value and remedy; empty when the service may start.</summary>
    public required IReadOnlyList<string> Errors { get; init; }

    /// <summary>First 12 hex digits of the SHA-256 of the effective values, secrets left out. The same on every machine.</summary>
    public required string Hash { get; init; }

    /// <summary>Every effective value with its origin, ordered by key, secrets redacted.</summary>
    public required IReadOnlyList<ConfigurationValue> Values { get; init; }
}
