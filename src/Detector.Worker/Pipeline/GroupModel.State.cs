using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

// The shares are kept beside the model: a series that has its own model gives none after a restart.
internal sealed partial class GroupModel
{
    private const byte SharesVersion = 1;
    private const string ShareFile = "shares.bin";

    private void SaveShares()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(SharesVersion);
        writer.Write(_learnedFrom);
        writer.Write(_shares.Count);
        foreach (GroupShare share in _shares)
            share.Save(writer);
        writer.Flush();
        try
        {
            pipeline.Learner.Keep(Slot.Key, ShareFile, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            pipeline.Refused?.Invoke($"What the group of pipeline '{pipeline.Name}' learns from could not be kept, and is lost with a restart: {error.Message}");
        }
    }

    private void LoadShares()
    {
        try
        {
            if (pipeline.Learner.Kept(Slot.Key, ShareFile) is not { } bytes)
                return;
            using var reader = new BinaryReader(new MemoryStream(bytes));
            reader.ReadVersion(SharesVersion, "group");
            int learnedFrom = reader.ReadInt32();
            GroupShare[] shares = new GroupShare[reader.ReadInt32()];
            for (int i = 0; i < shares.Length; i++)
                shares[i] = GroupShare.Load(reader);
            _shares.AddRange(shares);
            _learnedFrom = learnedFrom;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            pipeline.Refused?.Invoke($"What the group of pipeline '{pipeline.Name}' learns from cannot be read, and is collected anew: {error.Message}");
        }
    }
}
