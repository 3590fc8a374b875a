using System.Text.Json.Nodes;
using Detector.EndToEnd.Tests.Service;

namespace Detector.EndToEnd.Tests.Operations;

/// <summary>Changes the configuration file of a running service, as its operator would.</summary>
internal static class EditedConfiguration
{
    public static async Task EditAsync(this Plant plant, Action<JsonNode> edit)
    {
        JsonNode json = JsonNode.Parse(await File.ReadAllTextAsync(plant.Configuration, TestContext.Current.CancellationToken))!;
        edit(json["Detector"]!);
        await File.WriteAllTextAsync(plant.Configuration, json.ToJsonString(), TestContext.Current.CancellationToken);
    }
}
