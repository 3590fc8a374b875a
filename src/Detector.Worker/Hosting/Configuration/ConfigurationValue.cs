namespace Detector.Worker.Hosting.Configuration;

/// <summary>One value of the configuration, and where it came from.</summary>
/// <param name="Key">Its key, the parts separated by colons, as <c>--set</c> takes it.</param>
/// <param name="Value">Its text.</param>
/// <param name="Origin">A file, an environment variable, <c>--set</c>, or <c>default</c>.</param>
internal readonly record struct ConfigurationValue(string Key, string Value, string Origin);
