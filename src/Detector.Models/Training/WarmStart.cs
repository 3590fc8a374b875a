using Detector.Models.Autoencoders;
using Detector.Models.Scoring;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>Begins a network with the weights that one of an earlier model ended with.</summary>
internal static class WarmStart
{
    public static void Take(Autoencoder network, AnomalyModel? from)
    {
        Autoencoder? before = from?.Members.FirstOrDefault(member => member.Name == network.Name && member.Dimensions == network.Dimensions);
        if (before is null)
            return;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Dictionary<string, Tensor> known = before.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        Dictionary<string, Tensor> own = network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        if (!own.All(pair => known.TryGetValue(pair.Key, out Tensor? value) && value.shape.SequenceEqual(pair.Value.shape)))
            return;
        foreach ((string name, Tensor value) in own)
            value.copy_(known[name]);
    }
}
