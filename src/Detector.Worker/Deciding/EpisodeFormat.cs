using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>Episodes as bytes, for snapshots.</summary>
internal static class EpisodeFormat
{
    private const byte Version = 2;

    public static void Save(Episode episode, BinaryWriter writer)
    {
        writer.Write(Version);
        writer.Write(episode.StartedTicks);
        writer.Write(episode.LastAnomalousTicks);
        writer.Write(episode.PeakTicks);
        writer.Write(episode.PeakScore);
        writer.Write(episode.PeakPValue);
        writer.Write((byte)episode.Severity);
        writer.Write(episode.Revision);
        writer.Write(episode.PublishedTicks);
        writer.Write(episode.PublishedPeak);
        writer.Write((byte)episode.PublishedSeverity);
        writer.Write((sbyte)(episode.Suppressed is { } reason ? (int)reason : -1));
        writer.Write(episode.SuppressionTold);
        Save(episode.PeakFeatures, writer);
        writer.Write(episode.Directions.Count);
        foreach (float[] direction in episode.Directions)
        {
            writer.Write(direction.Length);
            foreach (float value in direction)
                writer.Write(value);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are of another version.</exception>
    public static Episode Load(BinaryReader reader)
    {
        if (reader.ReadByte() is var version && version != Version)
            throw new InvalidDataException($"An episode was saved in version {version}; this build reads version {Version}.");
        var episode = new Episode(reader.ReadInt64())
        {
            LastAnomalousTicks = reader.ReadInt64(),
            PeakTicks = reader.ReadInt64(),
            PeakScore = reader.ReadDouble(),
            PeakPValue = reader.ReadDouble(),
            Severity = (Severity)reader.ReadByte(),
            Revision = reader.ReadInt32(),
            PublishedTicks = reader.ReadInt64(),
            PublishedPeak = reader.ReadDouble(),
            PublishedSeverity = (Severity)reader.ReadByte(),
            Suppressed = reader.ReadSByte() is >= 0 and var reason ? (SuppressionReason)reason : null,
            SuppressionTold = reader.ReadBoolean(),
            PeakFeatures = LoadFeatures(reader),
        };
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            float[] direction = new float[reader.ReadInt32()];
            foreach (ref float value in direction.AsSpan())
                value = reader.ReadSingle();
            episode.Note(direction);
        }

        return episode;
    }

    public static void Save(IReadOnlyList<AlertFeature> features, BinaryWriter writer)
    {
        writer.Write(features.Count);
        foreach (AlertFeature feature in features)
        {
            writer.Write(feature.Name);
            writer.Write(feature.Contribution);
            writer.Write(feature.Value ?? double.NaN);
            writer.Write(feature.Expected);
            writer.Write(feature.Band.Count);
            foreach (double end in feature.Band)
                writer.Write(end);
            writer.Write(feature.Limit ?? double.NaN);
            writer.Write(feature.Template is not null);
            writer.Write(feature.Template ?? "");
            writer.Write(feature.Examples?.Count ?? -1);
            foreach (string example in feature.Examples ?? [])
                writer.Write(example);
        }
    }

    public static List<AlertFeature> LoadFeatures(BinaryReader reader)
    {
        var features = new List<AlertFeature>();
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            string name = reader.ReadString();
            double contribution = reader.ReadDouble();
            double? value = Present(reader.ReadDouble());
            double expected = reader.ReadDouble();
            double[] band = new double[reader.ReadInt32()];
            foreach (ref double end in band.AsSpan())
                end = reader.ReadDouble();
            features.Add(new AlertFeature(name, contribution, value, expected, band, Present(reader.ReadDouble()))
            {
                Template = LoadTemplate(reader),
                Examples = LoadExamples(reader),
            });
        }

        return features;
    }

    private static string? LoadTemplate(BinaryReader reader)
    {
        bool named = reader.ReadBoolean();
        string template = reader.ReadString();
        return named ? template : null;
    }

    private static string[]? LoadExamples(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        if (count < 0)
            return null;
        string[] examples = new string[count];
        foreach (ref string example in examples.AsSpan())
            example = reader.ReadString();
        return examples;
    }

    private static double? Present(double value) => double.IsNaN(value) ? null : value;
}
