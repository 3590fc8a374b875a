namespace Detector.Packages.Tests.Torch;

/// <summary>Torch's seed, thread count and tensor count belong to the process, so these tests run one after the other.</summary>
[CollectionDefinition(nameof(SerialTorch), DisableParallelization = true)]
public sealed class SerialTorch;
