using Detector.Models.Autoencoders;

namespace Detector.Models.Inference;

/// <summary>What stands behind a layer; see <see cref="Activations"/>.</summary>
internal enum LayerActivation
{
    Linear,
    Relu,
    Elu,
    Tanh,
    Sigmoid,

    /// <summary>A sigmoid stretched to ±1, see <see cref="Activations.ApplyToOutput"/>.</summary>
    StretchedSigmoid,
}
