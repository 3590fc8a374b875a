using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Detector.Worker.Tests.Deploy;

/// <summary>YAML documents as JSON, to look things up in. Scalars are texts.</summary>
internal static class Yaml
{
    public static IReadOnlyList<JsonNode> Read(params string[] path)
    {
        var stream = new YamlStream();
        using StreamReader text = File.OpenText(RepositoryFiles.Path(path));
        stream.Load(text);
        return [.. stream.Documents.Select(document => Json(document.RootNode)!)];
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Json(pair.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Json)]),
        YamlScalarNode { Value: { } value } => JsonValue.Create(value),
        _ => throw new YamlException($"{node.NodeType} is not expected."),
    };
}
