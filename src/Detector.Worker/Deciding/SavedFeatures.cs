using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>The features of an open episode in saved state.</summary>
internal static class SavedFeatures
{
    public static void Write(BinaryWriter writer, IReadOnlyCollection<AlertFeature> features)
    {
        writer.Write(features.Count);
        foreach (AlertFeature feature in features)
        {
            writer.Write(feature.Name);
            writer.Write(feature.Contribution);
            writer.Write(feature.Value is not null);
            writer.Write(feature.Value ?? 0);
            writer.Write(feature.Expected);
            writer.Write<double>([.. feature.Band]);
        }
    }

    public static List<AlertFeature> Read(BinaryReader reader)
    {
        var features = new List<AlertFeature>();
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            string name = reader.ReadString();
            double contribution = reader.ReadDouble();
            bool hasValue = reader.ReadBoolean();
            double value = reader.ReadDouble();
            features.Add(new AlertFeature(name, contribution, hasValue ? value : null, reader.ReadDouble(), reader.ReadArray<double>()));
        }

        return features;
    }
}
