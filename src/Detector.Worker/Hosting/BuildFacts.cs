using System.Reflection;

namespace Detector.Worker.Hosting;

/// <summary>What this build is.</summary>
internal static class BuildFacts
{
    private static readonly Assembly s_assembly = typeof(BuildFacts).Assembly;

    public static string Version { get; } =
        s_assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary><c>nuget</c> or <c>system</c>: where the packages came from when this was built.</summary>
    public static string Packages { get; } =
        s_assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(attribute => attribute.Key == "Packages")?.Value ?? "unknown";
}
