using System.Text.Json;
using Detector.Models.Training;

namespace Detector.Worker.Cli.Model;

/// <summary>What a network of a model is made of, for machines.</summary>
/// <param name="Options">Its shape and regularisation, as the manifest states them.</param>
/// <param name="Layers">Its tensors.</param>
/// <param name="Training">How its training went; null when the manifest does not say.</param>
internal sealed record NetworkInspection(string Name, JsonElement? Options, IReadOnlyList<LayerShape> Layers, NetworkReport? Training)
{
    public long Parameters => Layers.Sum(layer => layer.Parameters);
}
