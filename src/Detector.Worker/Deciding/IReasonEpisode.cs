namespace Detector.Worker.Deciding;

/// <summary>What is open for one reason, and saved with its series.</summary>
internal interface IReasonEpisode<TSelf>
    where TSelf : IReasonEpisode<TSelf>
{
    void Save(BinaryWriter writer);

    static abstract TSelf Load(BinaryReader reader);
}
