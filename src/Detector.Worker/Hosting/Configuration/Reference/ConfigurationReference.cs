using System.Globalization;
using System.Text;

namespace Detector.Worker.Hosting.Configuration.Reference;

/// <summary>The configuration reference as Markdown: a table of keys for each section.</summary>
internal static class ConfigurationReference
{
    public static string Markdown()
    {
        var text = new StringBuilder();
        text.Append("""
            # Configuration reference

            Written by `detector reference configuration`; a test fails when this file is not what the command prints. Everything stands under `Detector`.
            `<name>` is a name of your own: letters, digits and `. _ -`, at most 64. A duration is `hours:minutes:seconds`, with `days.` in front from
            24 hours on. Keys are read without regard to case; an unknown one is an error that names the nearest known key.

            Every key can come from a file, from the environment (`Detector__State__Directory`) and from the command line
            (`--set State:Directory=/srv/detector`). Under `Client` and `Mqtt`, a key that ends in `.file` names the file that holds the value.

            """);
        foreach (IGrouping<string, OptionsKey> section in OptionsTree.Keys().GroupBy(key => key.Section))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {(section.Key.Length == 0 ? "Detector" : $"`{section.Key}`")}\n\n");
            text.Append("| key | type | default | meaning |\n|---|---|---|---|\n");
            foreach (OptionsKey key in section)
            {
                string standard = key.Default is { } value ? $"`{Cell(value is "True" or "False" ? value.ToLowerInvariant() : value)}`" : "";
                text.Append(CultureInfo.InvariantCulture, $"| `{Cell(key.Name)}` | {Name(key.Type)} | {standard} | {Cell(key.Meaning)} |\n");
            }
        }

        return text.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Name(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (OptionsTree.ListElement(plain) is { } item)
            return $"list of {Name(item)}";
        return plain switch
        {
            _ when plain == typeof(bool) => "true or false",
            _ when plain == typeof(int) || plain == typeof(long) => "whole number",
            _ when plain == typeof(double) => "number",
            _ when plain == typeof(TimeSpan) => "duration",
            _ when plain == typeof(DateTimeOffset) => "time",
            { IsEnum: true } => string.Join(" or ", Enum.GetNames(plain).Select(name => $"`{name}`")),
            _ => "text",
        };
    }
}
