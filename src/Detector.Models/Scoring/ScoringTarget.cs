using Detector.Models.Compute;
using static TorchSharp.torch;

namespace Detector.Models.Scoring;

/// <summary>Where a model's networks are scored, and in which numbers torch does so.</summary>
internal readonly record struct ScoringTarget(ComputeDevice On, Precision Precision = Precision.F32)
{
    public Device Device => On.Device;
}
