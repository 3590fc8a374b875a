using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Detector.Models.Autoencoders;

namespace Detector.Worker.Hosting.Configuration.Reference;

/// <summary>
/// The documentation comments of options, from the files that the compiler writes beside the assemblies. They are the one place where an option is
/// explained; without the file an option has no explanation, and nothing else changes. What a comment inherits is that of the models' options.
/// </summary>
internal static partial class DocComments
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> s_files = new();

    /// <summary>The summary of an option as text, code in backticks; empty when there is none.</summary>
    public static string Of(PropertyInfo property) => Text($"P:{property.DeclaringType!.FullName}.{property.Name}", property.DeclaringType);

    /// <summary>The summary of a class of options.</summary>
    public static string Of(Type type) => Text($"T:{type.FullName}", type);

    private static string Text(string id, Type type)
    {
        if (!s_files.GetOrAdd(type.Assembly, Load).TryGetValue(id, out XElement? member))
            return "";
        if (member.Element("inheritdoc")?.Attribute("cref")?.Value is { } original)
            return Text(original, typeof(NetworkOptions));
        if (member.Element("summary") is not { } summary)
            return "";
        return Blank().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim();
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{LastPart(see.Attribute("cref")?.Value ?? see.Attribute("langword")?.Value ?? "")}`",
        XElement element => element.Value,
        _ => "",
    };

    private static string LastPart(string reference) => reference[(reference.LastIndexOf('.') + 1)..];

    private static Dictionary<string, XElement> Load(Assembly assembly)
    {
        string path = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        return File.Exists(path)
            ? XDocument.Load(path).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal)
            : [];
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();
}
