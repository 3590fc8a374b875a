using System.Text.Json;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding;

// One object of the message: finds series, time and features whatever their order.
internal sealed partial class JsonDecoder
{
    private byte[] _name = new byte[128];
    private byte[] _unescaped = new byte[128];
    private long _latest;
    private bool _hasSeries;
    private bool _sawFeatures;
    private DropReason _timeFault;
    private long _ticks;

    [Flags]
    private enum Paths
    {
        None = 0,
        Series = 1,
        Timestamp = 2,
        Features = 4,
        Feature = 8,
        Samples = 16,
    }

    /// <summary>What a sample may say of itself beside its values.</summary>
    private Paths Inside => (_timestamp is null ? 0 : Paths.Timestamp) | (_series.Path is null ? 0 : Paths.Series) | (_feature?.Path is null ? 0 : Paths.Feature);

    private DropReason ReadSample(ref Utf8JsonReader reader)
    {
        Utf8JsonReader start = reader;
        if (!ReadObject(ref reader, _flat))
        {
            // Features are not where the last message had them: where there is no $.values, they are at the top.
            _flat = !_flat;
            reader = start;
            ReadObject(ref reader, _flat);
        }

        if (_feature is not null && _hasName)
            AddOneValue();
        return CheckSample();
    }

    private DropReason CheckSample()
    {
        if (!_hasSeries)
            return DropReason.MissingSeries;
        if (_timeFault != DropReason.None)
            return _timeFault;
        _sample.Ticks = _ticks;
        DropReason reason = SampleChecks.Time(_ticks, _limits.EarliestTicks, _latest);
        return reason != DropReason.None ? reason : SampleChecks.Values(_sample);
    }

    /// <summary>Starts a sample with what the message says for all of them.</summary>
    private void BeginSample()
    {
        _sample.Begin(_outerSeries.AsSpan(0, _outerSeriesLength));
        _hasSeries = _outerSeriesLength > 0;
        _ticks = _outerTicks;
        _timeFault = _outerTimeFault;
        _sawFeatures = false;
        _valueType = JsonTokenType.None;
        SetName(_outerName.AsSpan(0, _outerNameLength));
    }

    /// <summary>Reads the object into the sample; false when the features were not looked for in the right place.</summary>
    private bool ReadObject(ref Utf8JsonReader reader, bool flat)
    {
        BeginSample();
        ReadProperties(ref reader, 0, Inside | Paths.Features, flat, 0);
        return _features is not null || _sawFeatures != flat;
    }

    /// <param name="open">Paths whose first <paramref name="depth"/> names lead here.</param>
    /// <param name="collecting">Whether numbers found here are features.</param>
    /// <param name="prefix">Length of the dotted prefix in <see cref="_name"/>.</param>
    private void ReadProperties(ref Utf8JsonReader reader, int depth, Paths open, bool collecting, int prefix)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = Text(ref reader);
            Paths on = Follow(open, depth, name, out Paths ends);
            int length = collecting ? AppendName(prefix, name) : 0;
            reader.Read();
            if ((ends & ~Paths.Features) != 0)
                ReadAbout(ref reader, ends);
            else if (_feature is not null && (ends & Paths.Features) != 0)
                ReadOneValue(ref reader);
            else if (reader.TokenType == JsonTokenType.StartObject)
                ReadNested(ref reader, depth, on, ends, collecting, length);
            else if (collecting)
                ReadValue(ref reader, _name.AsSpan(0, length));
            else
                reader.Skip();
        }
    }

    private void ReadNested(ref Utf8JsonReader reader, int depth, Paths on, Paths ends, bool collecting, int length)
    {
        if ((ends & Paths.Features) != 0)
        {
            _sawFeatures = true;
            ReadProperties(ref reader, depth + 1, on, true, 0);
        }
        else if (collecting)
        {
            ReadProperties(ref reader, depth + 1, on, true, AppendName(length, "."u8));
        }
        else if (on != Paths.None)
        {
            ReadProperties(ref reader, depth + 1, on, false, 0);
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                _sample.Add(name, Number(ref reader));
                break;
            case JsonTokenType.True or JsonTokenType.False:
                _sample.Add(name, reader.TokenType == JsonTokenType.True ? 1 : 0);
                break;
            case var _ when _flat:
                // The other properties of a whole message are not meant as features.
                reader.Skip();
                break;
            case JsonTokenType.Null:
                _sample.AddMissing(name);
                break;
            default:
                _sample.AddWrongType(name);
                reader.Skip();
                break;
        }
    }

    private static double Number(ref Utf8JsonReader reader) =>
        PlainNumber.TryRead(reader.ValueSpan, out double value) || reader.TryGetDouble(out value) ? value : double.NaN;

    /// <summary>Reads what is no value: series, time, the feature's name, or where the samples are.</summary>
    private void ReadAbout(ref Utf8JsonReader reader, Paths ends)
    {
        bool scalar = reader.TokenType is JsonTokenType.String or JsonTokenType.Number;
        ReadOnlySpan<byte> text = reader.TokenType == JsonTokenType.String ? Text(ref reader) : scalar ? reader.ValueSpan : default;
        if ((ends & Paths.Series) != 0)
        {
            _hasSeries = NameRule.Usable(text);
            if (_hasSeries)
                _sample.SetSeries(text);
        }

        if ((ends & Paths.Feature) != 0)
            SetName(NameRule.Usable(text) ? text : default);

        if ((ends & Paths.Timestamp) != 0)
        {
            bool absent = reader.TokenType == JsonTokenType.Null || (scalar && text.IsEmpty);
            if (absent)
                (_timeFault, _ticks) = (_outerTimeFault, _outerTicks);
            else
                _timeFault = Timestamps.TryRead(text, _time.Unit, out _ticks) ? DropReason.None : DropReason.BadTimestamp;
        }

        int start = (int)reader.TokenStartIndex;
        bool array = reader.TokenType == JsonTokenType.StartArray;
        reader.Skip();
        if ((ends & Paths.Samples) != 0)
            _array = start..(array ? (int)reader.BytesConsumed : start);
    }

    private Paths Follow(Paths open, int depth, ReadOnlySpan<byte> name, out Paths ends)
    {
        ends = Paths.None;
        Paths on = Paths.None;
        Follow(_series.Path, Paths.Series, ref on, ref ends, open, depth, name);
        Follow(_timestamp, Paths.Timestamp, ref on, ref ends, open, depth, name);
        Follow(_features ?? s_values, Paths.Features, ref on, ref ends, open, depth, name);
        Follow(_feature?.Path, Paths.Feature, ref on, ref ends, open, depth, name);
        Follow(_samples, Paths.Samples, ref on, ref ends, open, depth, name);
        return on;
    }

    private static void Follow(JsonPath? path, Paths flag, ref Paths on, ref Paths ends, Paths open, int depth, ReadOnlySpan<byte> name)
    {
        if ((open & flag) == 0 || path is null || !path.Matches(depth, name))
            return;
        on |= flag;
        if (path.Length == depth + 1)
            ends |= flag;
    }

    private int AppendName(int at, ReadOnlySpan<byte> name)
    {
        if (at + name.Length > _name.Length)
            Array.Resize(ref _name, Math.Max(_name.Length * 2, at + name.Length));
        name.CopyTo(_name.AsSpan(at));
        return at + name.Length;
    }

    private ReadOnlySpan<byte> Text(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> raw = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
            return raw;
        if (raw.Length > _unescaped.Length)
            _unescaped = new byte[Math.Max(_unescaped.Length * 2, raw.Length)];
        return _unescaped.AsSpan(0, JsonText.Unescape(raw, _unescaped));
    }
}
