using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

internal sealed partial class Episode
{
    public void Save(BinaryWriter writer)
    {
        writer.Write(StartedTicks);
        writer.Write(LastAnomalousTicks);
        writer.Write(PeakTicks);
        writer.Write(PeakScore);
        writer.Write(PeakPValue);
        writer.Write((int)Severity);
        writer.Write(Revision);
        writer.Write(PublishedTicks);
        writer.Write(PublishedPeak);
        writer.Write((int)PublishedSeverity);
        SavedFeatures.Write(writer, PeakFeatures);
    }

    public static Episode Load(BinaryReader reader) => new(reader.ReadInt64())
    {
        LastAnomalousTicks = reader.ReadInt64(),
        PeakTicks = reader.ReadInt64(),
        PeakScore = reader.ReadDouble(),
        PeakPValue = reader.ReadDouble(),
        Severity = (Severity)reader.ReadInt32(),
        Revision = reader.ReadInt32(),
        PublishedTicks = reader.ReadInt64(),
        PublishedPeak = reader.ReadDouble(),
        PublishedSeverity = (Severity)reader.ReadInt32(),
        PeakFeatures = SavedFeatures.Read(reader),
    };
}
