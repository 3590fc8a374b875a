namespace Detector.Benchmarks.Accuracy;

/// <summary>The sets by name, the quickest first.</summary>
internal static class PublicSets
{
    public static IReadOnlyList<IPublicSet> All { get; } =
    [
        new TepSet(),
        new SkabSet(),
        new NabSet(),
        new TrainTestSet("asd", "ASD, application servers", "asd"),
        new TrainTestSet("jumpstarter", "JumpStarter D2, online services", "jumpstarter_d2"),
        new SmdTsbSet(),
        new TrainTestSet("smd", "SMD, server machines, original split", "smd"),
    ];
}
