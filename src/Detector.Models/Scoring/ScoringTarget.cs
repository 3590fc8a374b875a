using Detector.Models.Compute;
using static TorchSharp.torch;

namespace Detector.Models.Scoring;

/// <summary>Where a model's networks are scored, and in which numbers torch does so.</summary>
internal readonly record struct ScoringTarget(Device Device, Precision Precision = Precision.F32);
