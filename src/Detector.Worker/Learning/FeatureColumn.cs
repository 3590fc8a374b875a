namespace Detector.Worker.Learning;

/// <summary>How often one feature of a series comes. Times are UTC ticks.</summary>
/// <param name="name">Its name.</param>
/// <param name="isKnown">Whether the model knows it.</param>
internal sealed class FeatureColumn(string name, bool isKnown)
{
    public string Name { get; } = name;

    public bool IsKnown { get; } = isKnown;

    /// <summary>Time steps since the last look that had it.</summary>
    public long Steps { get; set; }

    /// <summary>Whether the present time step has it.</summary>
    public bool IsInStep { get; set; }

    /// <summary>Share of the time steps that had it at the last look; NaN before.</summary>
    public double Share { get; set; } = double.NaN;

    /// <summary>Event time since which it has come; of a new one, since which it has come in most time steps. 0 for not at all.</summary>
    public long Since { get; set; }

    /// <summary>Event time of its newest value.</summary>
    public long Last { get; set; }

    /// <summary>Whether it is to be learned, or let go, with the next model.</summary>
    public bool IsAccepted { get; set; }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Name);
        writer.Write(IsKnown);
        writer.Write(Steps);
        writer.Write(IsInStep);
        writer.Write(Share);
        writer.Write(Since);
        writer.Write(Last);
        writer.Write(IsAccepted);
    }

    public static FeatureColumn Load(BinaryReader reader) => new(reader.ReadString(), reader.ReadBoolean())
    {
        Steps = reader.ReadInt64(), IsInStep = reader.ReadBoolean(), Share = reader.ReadDouble(), Since = reader.ReadInt64(), Last = reader.ReadInt64(),
        IsAccepted = reader.ReadBoolean(),
    };
}
