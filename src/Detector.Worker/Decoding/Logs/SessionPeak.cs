using System.Text;
using Detector.Models.Logs.Sessions;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Logs;

/// <summary>The sessions that ended in one bucket: how many, and the highest value of each view.</summary>
internal sealed class SessionPeak
{
    private readonly Dictionary<string, byte[]> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _peaks = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Sessions are judged from now on: every sample says how they were.</summary>
    /// <param name="views">Names of the views.</param>
    public void Use(IEnumerable<string> views)
    {
        foreach (string view in views.Append("score"))
            Raise(view, 0);
    }

    public void Add(SessionVerdict verdict)
    {
        _count++;
        Raise("score", verdict.Score);
        foreach ((string view, double value) in verdict.Views)
            Raise(view, value);
    }

    public void Write(DecodedSample sample)
    {
        if (_peaks.Count == 0)
            return;
        sample.Add(LogFeatures.Sessions, _count);
        foreach ((string view, double value) in _peaks)
            sample.Add(_names[view], value);
    }

    /// <summary>The views are kept, so that a bucket without sessions says 0 of each.</summary>
    public void Clear()
    {
        _count = 0;
        foreach (string view in _peaks.Keys)
            _peaks[view] = 0;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_count);
        writer.Write(_peaks.Count);
        foreach ((string view, double value) in _peaks)
        {
            writer.Write(view);
            writer.Write(value);
        }
    }

    public void Load(BinaryReader reader)
    {
        _count = reader.ReadInt32();
        for (int left = reader.ReadInt32(); left > 0; left--)
            Raise(reader.ReadString(), reader.ReadDouble());
    }

    private void Raise(string view, double value)
    {
        if (!_names.ContainsKey(view))
            _names.Add(view, Encoding.UTF8.GetBytes(LogFeatures.SessionPrefix + view));
        _peaks[view] = Math.Max(_peaks.GetValueOrDefault(view), value);
    }
}
