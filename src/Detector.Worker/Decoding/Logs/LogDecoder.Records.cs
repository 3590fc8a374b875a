using Detector.Models.Logs;
using Detector.Models.Logs.Sessions;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Logs;

// From a record to the counts of its series.
internal sealed partial class LogDecoder
{
    private void Flush(PendingRecord stream, long now)
    {
        if (stream.IsEmpty)
            return;
        DropReason reason = Take(stream, now);
        if (reason != DropReason.None)
            _sink.Drop(reason, 1);
        stream.Clear();
    }

    private DropReason Take(PendingRecord stream, long now)
    {
        ReadOnlySpan<byte> line = stream.Text[..stream.HeadLength];
        LogHeader header = Header(line, now);
        long ticks = _time.IsInside && header.Ticks != 0 ? header.Ticks : 0;
        if (ticks == 0)
            ticks = _time.IsInside && stream.LastTicks != 0 ? stream.LastTicks : stream.Ticks == 0 ? now : stream.Ticks;
        DropReason reason = SampleChecks.Time(ticks, _limits.EarliestTicks, _limits.LatestTicks(now));
        if (reason != DropReason.None)
            return reason;
        stream.LastTicks = ticks;
        ReadOnlySpan<byte> key = SeriesOf(header, stream.Series);
        if (key.IsEmpty)
            return DropReason.MissingSeries;
        if (!_series.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out LogSeries? series))
        {
            if (_series.Count >= _options.MaxSeries)
                return DropReason.SeriesLimit;
            series = AddSeries(key.ToArray());
        }

        series.Changed = _version;

        LogTemplate template = _miner.Add(WithException(header.Content, stream.Text[stream.HeadLength..]), out bool isNew);
        _newest = Math.Max(_newest, ticks);
        _first = _first == 0 ? ticks : _first;
        if (HasLearned)
            Count(series, header.Level, template, isNew, ticks, stream);
        else
            LearnFrom(series, template, ticks);
        _sessions?.Add(line, template, series, ticks);
        _sessions?.EndUntil(_newest);
        return DropReason.None;
    }

    private LogHeader Header(ReadOnlySpan<byte> line, long now)
    {
        if (_layout is not null)
            return _layout.TryRead(line, now, out LogHeader given) ? given : new LogHeader { Content = line };
        if ((line[0] == (byte)'{' || line.IndexOf((byte)'=') is > 0 and < 16) && _structured.TryRead(line, now, out LogHeader structured))
            return structured;
        return LogHeaders.Read(line, now);
    }

    private ReadOnlySpan<byte> SeriesOf(in LogHeader header, byte[] message)
    {
        ReadOnlySpan<byte> host = NameRule.Usable(header.Host) ? header.Host : default;
        ReadOnlySpan<byte> component = NameRule.Usable(header.Component) ? header.Component : default;
        switch (_options.DivideBy)
        {
            case LogOptions.Host:
                return host.IsEmpty ? message : host;
            case LogOptions.Component:
                return component.IsEmpty ? message : component;
            case LogOptions.HostAndComponent when !host.IsEmpty && !component.IsEmpty && host.Length + component.Length < NameRule.MaxBytes:
                int length = host.Length + 1 + component.Length;
                if (_divided.Length < length)
                    _divided = new byte[NameRule.MaxBytes];
                host.CopyTo(_divided);
                _divided[host.Length] = (byte)'/';
                component.CopyTo(_divided.AsSpan(host.Length + 1));
                return _divided.AsSpan(0, length);
            default:
                return message;
        }
    }

    /// <summary>What the program wrote, and the exception that a stack trace below it is of: it tells kinds apart, its frames do not.</summary>
    private ReadOnlySpan<byte> WithException(ReadOnlySpan<byte> content, ReadOnlySpan<byte> below)
    {
        while (!below.IsEmpty)
        {
            below = below[1..];
            int end = below.IndexOf((byte)'\n');
            ReadOnlySpan<byte> exception = PendingRecord.Exception(end < 0 ? below : below[..end]);
            if (!exception.IsEmpty)
            {
                int length = content.Length + 1 + exception.Length;
                if (_content.Length < length)
                    _content = new byte[2 * length];
                content.CopyTo(_content);
                _content[content.Length] = (byte)' ';
                exception.CopyTo(_content.AsSpan(content.Length + 1));
                return _content.AsSpan(0, length);
            }

            below = end < 0 ? default : below[end..];
        }

        return content;
    }

    private LogSeries AddSeries(byte[] key)
    {
        var series = new LogSeries(key, _options, _slots, Notes) { Changed = _version };
        _series.Add(key, series);
        if (HasLearned)
            Notes.Describe(series.Name, _slots.Notes);
        if (_sessions is not null)
            series.Sessions.Use(_sessions.Views);
        return series;
    }

    private void LearnFrom(LogSeries series, LogTemplate template, long ticks)
    {
        series.Follow(template.Event);
        _sessions?.EndUntil(ticks);
        if (ticks - _first < _options.Learn.Ticks || _sessions is { CanLearn: false })
            return;
        _slots.Fill(_miner, _options.MaxTemplates);
        _sessions?.Learn(id => _miner.Find(id)?.Number ?? id);
        foreach (LogTemplate known in _miner.Templates)
        {
            known.Learn();
            Tell(known);
        }


        foreach (LogSeries known in _series.Values)
        {
            known.Sessions.Use(_sessions?.Views ?? []);
            Notes.Describe(known.Name, _slots.Notes);
        }

        HasLearned = true;
        _closed = ticks;
        Learned?.Invoke();
    }

    private void Count(LogSeries series, LogSeverity level, LogTemplate template, bool isNew, long ticks, PendingRecord stream)
    {
        if (!series.IsOpen)
            series.Open(ticks);
        series.CloseUntil(ticks, _sample, _sink, _version);
        bool rare = !isNew && template.IsRare(_miner.Lines);
        var record = new LogRecord { Ticks = ticks, Level = level, Template = template, IsNew = isNew, IsRare = rare };
        series.Add(record, template.Event, _options.Parameters ? _miner.Line.Numbers : default);
        if (isNew)
        {
            series.Shown.Show(LogFeatures.New, template, stream.Text);
            Metrics?.New();
        }
        else if (rare)
        {
            series.Shown.Show(LogFeatures.Rare, template, stream.Text);
        }

        if (!template.IsTold && ticks >= _tellFrom)
        {
            Tell(template);
            // A flood of unique lines is not passed on as a flood.
            _tellFrom = ++_told % MostToldABucket == 0 ? _newest + _options.Bucket.Ticks : 0;
        }

        if (level >= LogSeverity.Error && template.Slot < 0)
            series.Shown.Show(LogFeatures.Errors, template, stream.Text);
    }

    private void Tell(LogTemplate template)
    {
        template.IsTold = true;
        Found?.Invoke(template, _receipt);
    }

    private void OnJudged(OpenSession session, SessionVerdict verdict)
    {
        if (!session.Series.IsOpen)
            session.Series.Open(_newest);
        session.Series.Changed = _version;
        session.Series.Sessions.Add(verdict);
        if (!verdict.IsAnomalous)
            return;
        string kinds = string.Join("; ", verdict.Events.Select(pair => _miner.Find(pair.Event)?.Text ?? "an event that is forgotten"));
        string shown = $"{SafeText.Of(session.Key)}: {kinds}";
        foreach (string view in verdict.Views.Keys.Append("score"))
            session.Series.Shown.Show(LogFeatures.SessionPrefix + view, null, shown);
    }
}
