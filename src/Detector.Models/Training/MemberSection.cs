using Detector.Models.Autoencoders;

namespace Detector.Models.Training;

/// <summary>A network in the manifest.</summary>
internal sealed record MemberSection(string Network, NetworkOptions Options, long Parameters);
