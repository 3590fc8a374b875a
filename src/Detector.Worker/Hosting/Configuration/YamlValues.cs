using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Detector.Worker.Hosting.Configuration;

/// <summary>Flattens a YAML document into keys and texts, as the JSON provider does.</summary>
internal static class YamlValues
{
    private const int MaxDepth = 32;

    private static readonly string[] s_nulls = ["", "~", "null", "Null", "NULL"];

    /// <exception cref="YamlException">The text is no YAML, or its root is no mapping.</exception>
    public static IEnumerable<ConfigurationValue> Read(TextReader text, string origin)
    {
        var stream = new YamlStream();
        stream.Load(text);
        if (stream.Documents.Count == 0)
            return [];

        YamlNode root = stream.Documents[0].RootNode;
        if (root is not YamlMappingNode)
            throw new YamlException(root.Start, root.End, "The root is no mapping");
        var values = new List<ConfigurationValue>();
        Add(root, "", 0);
        return values;

        void Add(YamlNode node, string key, int depth)
        {
            if (depth > MaxDepth)
                throw new YamlException(node.Start, node.End, $"The nesting is deeper than {MaxDepth}");
            switch (node)
            {
                case YamlMappingNode mapping:
                    foreach ((YamlNode name, YamlNode child) in mapping.Children)
                        Add(child, Join(key, name is YamlScalarNode { Value: { Length: > 0 } part } ? part : throw new YamlException(name.Start, name.End, "A key is no text")), depth + 1);
                    break;
                case YamlSequenceNode { Children.Count: 0 }:
                    values.Add(new ConfigurationValue(key, "", origin));
                    break;
                case YamlSequenceNode sequence:
                    foreach ((int index, YamlNode child) in sequence.Children.Index())
                        Add(child, Join(key, index.ToString(CultureInfo.InvariantCulture)), depth + 1);
                    break;
                case YamlScalarNode { Value: { } value } scalar when scalar.Style != ScalarStyle.Plain || !s_nulls.Contains(value):
                    values.Add(new ConfigurationValue(key, value, origin));
                    break;
            }
        }
    }

    private static string Join(string key, string name) => key.Length == 0 ? name : $"{key}:{name}";
}
