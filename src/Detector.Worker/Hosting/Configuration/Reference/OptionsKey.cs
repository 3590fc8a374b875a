namespace Detector.Worker.Hosting.Configuration.Reference;

/// <summary>One key that a configuration may hold.</summary>
/// <param name="Key">Its path below the section, parts separated by colons; <c>&lt;name&gt;</c> stands for a name of the user's own.</param>
/// <param name="Type">Its type: a scalar, a list of them, or a map to texts.</param>
/// <param name="Default">The text of its default; null without one.</param>
/// <param name="Meaning">What the option is for, as its documentation comment says.</param>
internal sealed record OptionsKey(string Key, Type Type, string? Default, string Meaning)
{
    /// <summary>The part of the key before its last.</summary>
    public string Section => Key.Contains(':', StringComparison.Ordinal) ? Key[..Key.LastIndexOf(':')] : "";

    public string Name => Key[(Key.LastIndexOf(':') + 1)..];
}
