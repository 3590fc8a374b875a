using System.Text.Json;
using System.Text.Json.Nodes;
using Detector.Models.Artifacts;
using Detector.Models.Autoencoders;

namespace Detector.Models.Training;

public static partial class ModelArtifact
{
    /// <summary>The networks of a manifest. An option that was not known when it was written has its default.</summary>
    private static MemberSection[] Members(ArtifactManifest manifest)
    {
        // Generated readers give what is left out the type's default, not the property's: so the defaults are written under it first.
        if (manifest.Members is not { ValueKind: JsonValueKind.Array } section)
            return Section(manifest.Members, "members", ModelJsonContext.Default.MemberSectionArray);
        JsonArray members = JsonArray.Create(section)!;
        foreach (JsonObject member in members.OfType<JsonObject>())
        {
            if (member["options"] is not JsonObject given)
                continue;
            JsonObject all = JsonSerializer.SerializeToNode(new NetworkOptions(), ModelJsonContext.Default.NetworkOptions)!.AsObject();
            foreach ((string key, JsonNode? value) in given)
                all[key] = value?.DeepClone();
            member["options"] = all;
        }

        return Section(JsonSerializer.SerializeToElement(members, ModelJsonContext.Default.JsonArray), "members", ModelJsonContext.Default.MemberSectionArray);
    }
}
