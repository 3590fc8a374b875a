namespace Detector.Worker.Decoding.Sparkplug;

/// <summary>Birth certificates of edge nodes and devices by their names. Bounded: the one that was not asked for the longest makes room.</summary>
internal sealed class BirthRegister
{
    public const int MaxOwners = 16_384;

    /// <summary>Declared metrics of all owners together; at 40 bytes a name some 50 MB.</summary>
    public const int MaxMetrics = 262_144;

    private readonly Dictionary<string, BirthCertificate> _byOwner = new(StringComparer.Ordinal);
    private long _moment;
    private int _metrics;

    /// <summary>Metrics declared, of all owners.</summary>
    public int Metrics => _metrics;

    /// <summary>Births declared so far.</summary>
    public int Births { get; private set; }

    public int Owners => _byOwner.Count;

    /// <summary>The certificate of an edge node or device; an empty one when it has shown none.</summary>
    public BirthCertificate Of(string owner)
    {
        if (!_byOwner.TryGetValue(owner, out BirthCertificate? certificate))
        {
            if (_byOwner.Count >= MaxOwners)
                Forget(owner);
            certificate = new BirthCertificate();
            _byOwner.Add(owner, certificate);
        }

        certificate.Used = ++_moment;
        return certificate;
    }

    /// <summary>Replaces what an owner has declared by the metrics of a birth.</summary>
    public void Declare(string owner, ReadOnlySpan<Metric> metrics)
    {
        BirthCertificate certificate = Of(owner);
        Births++;
        _metrics -= certificate.Count;
        certificate.Clear();
        foreach (ref readonly Metric metric in metrics)
        {
            if (metric.Name is { } name && NameRule.Usable(name.Span))
                certificate.Add(name.ToByteArray(), metric.Alias, metric.Type);
        }

        _metrics += certificate.Count;
        while (_metrics > MaxMetrics && _byOwner.Count > 1)
            Forget(owner);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_byOwner.Count);
        foreach ((string owner, BirthCertificate certificate) in _byOwner)
        {
            writer.Write(owner);
            certificate.Save(writer);
        }
    }

    /// <summary>Adds what was saved to what is known; of an owner known already the saved birth is left out.</summary>
    public void Load(BinaryReader reader)
    {
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            string owner = reader.ReadString();
            bool known = _byOwner.TryGetValue(owner, out BirthCertificate? certificate) && certificate.Count > 0;
            BirthCertificate saved = BirthCertificate.Load(reader);
            if (known || _metrics + saved.Count > MaxMetrics || _byOwner.Count >= MaxOwners)
                continue;
            saved.Used = ++_moment;
            _byOwner[owner] = saved;
            _metrics += saved.Count;
        }
    }

    private void Forget(string except)
    {
        string? oldest = null;
        long used = long.MaxValue;
        foreach ((string owner, BirthCertificate certificate) in _byOwner)
        {
            if (certificate.Used >= used || owner == except)
                continue;
            oldest = owner;
            used = certificate.Used;
        }

        if (oldest is not null && _byOwner.Remove(oldest, out BirthCertificate? forgotten))
            _metrics -= forgotten.Count;
    }
}
