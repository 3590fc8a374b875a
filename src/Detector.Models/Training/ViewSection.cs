using Detector.Models.Scoring;

namespace Detector.Models.Training;

/// <summary>A view in the manifest; its centre and whitening are tensors.</summary>
internal sealed record ViewSection(int Network, ResidualView View, float Reference);
