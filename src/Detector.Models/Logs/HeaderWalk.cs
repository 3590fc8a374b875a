namespace Detector.Models.Logs;

/// <summary>Walks from the time of a line to what the program wrote.</summary>
internal ref struct HeaderWalk(ReadOnlySpan<byte> line, int start, long ticks, LogSeverity level)
{
    private const int MaxTokens = 6;
    private readonly ReadOnlySpan<byte> _line = line;
    private int _at = start;
    private LogSeverity _level = level;
    private ReadOnlySpan<byte> _host = default;
    private ReadOnlySpan<byte> _component = default;

    /// <param name="traditional">Whether the time is that of BSD's syslog, after which comes the host.</param>
    public LogHeader Finish(bool traditional)
    {
        if (_at < _line.Length && _line[_at] == (byte)'|')
            Fields();
        else
            Tokens(traditional);
        SkipSpaces();
        return new LogHeader { Ticks = ticks, Level = _level, Host = _host, Component = _component, Content = _line[_at..] };
    }

    private void Tokens(bool traditional)
    {
        SkipSpaces();
        if (traditional && Token() is { Length: > 1 } host && host[^1] != (byte)':')
        {
            _host = host;
            Take();
        }
        else if (!traditional)
        {
            JumpToLevel();
        }

        for (int i = 0; i < MaxTokens && _component.IsEmpty && TryTake(); i++)
        {
        }
    }

    /// <summary>What stands between the time and a level in capitals near it belongs to the header.</summary>
    private void JumpToLevel()
    {
        int i = _at;
        bool comma = i >= 2 && _line[i - 2] == (byte)',';
        for (int token = 0; token < MaxTokens && i < _line.Length; token++)
        {
            int end = LogHeaders.TokenEnd(_line, i);
            ReadOnlySpan<byte> text = _line[i..end];
            LogSeverity found = text.Length == 1 && token is 1 or 2 && char.IsAsciiDigit((char)_line[_at]) ? LogLevels.OfLetter(text[0]) : LogLevels.InHeader(text);
            // Behind a comma, or with a column's space behind it, it may be in lower case.
            if (found == LogSeverity.Unknown && token == 0 && end + 1 < _line.Length && (_line[end + 1] == (byte)' ' || comma))
                found = LogLevels.Of(text);
            bool dash = text is [(byte)'-'] && token is > 0 and < 3;
            if (found != LogSeverity.Unknown || dash)
            {
                if (dash)
                    _component = Token();
                _level = dash ? _level : found;
                _at = end;
                SkipSpaces();
                return;
            }

            // A component, or a sentence.
            if (text[^1] == (byte)':')
                return;
            i = end;
            while (i < _line.Length && _line[i] is (byte)' ' or (byte)'\t')
                i++;
        }
    }

    private bool TryTake()
    {
        ReadOnlySpan<byte> token = Token();
        if (token.IsEmpty)
            return false;
        LogSeverity found = _level == LogSeverity.Unknown ? LogLevels.InHeader(token) : LogSeverity.Unknown;
        if (found != LogSeverity.Unknown)
        {
            _level = found;
            Take();
            return true;
        }

        if (token is [(byte)'-'] or [(byte)'|'] || token.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            Take();
            return true;
        }

        if (token[0] == (byte)'[')
            return TrySkipBracket();
        if (token[^1] == (byte)':' && token.Length > 2 && IsName(token[..^1]))
        {
            ReadOnlySpan<byte> name = token[..^1];
            int bracket = name.IndexOfAny((byte)'[', (byte)'(');
            _component = bracket > 0 ? name[..bracket] : name;
            Take();
            return true;
        }

        // A logger's name with a thread or request in brackets behind it.
        int next = _at + token.Length;
        if (token.Contains((byte)'.') && IsName(token) && next + 1 < _line.Length && _line[next + 1] == (byte)'[')
        {
            _component = token;
            Take();
            TrySkipBracket();
            return false;
        }

        return false;
    }

    private bool TrySkipBracket()
    {
        int depth = 0;
        for (int i = _at; i < _line.Length && i < _at + 256; i++)
        {
            depth += _line[i] == (byte)'[' ? 1 : _line[i] == (byte)']' ? -1 : 0;
            if (depth > 0)
                continue;
            _at = i + 1;
            SkipSpaces();
            return true;
        }

        return false;
    }

    /// <summary>Fields of one word each, parted by bars.</summary>
    private void Fields()
    {
        for (int i = 0; i < 2 && _at < _line.Length && _line[_at] == (byte)'|'; i++)
        {
            int length = _line[(_at + 1)..].IndexOf((byte)'|');
            ReadOnlySpan<byte> field = length < 0 ? default : _line.Slice(_at + 1, length);
            if (length <= 0 || field.Contains((byte)' '))
                break;
            if (LogLevels.Of(field) is not LogSeverity.Unknown and LogSeverity found)
                _level = found;
            else if (_component.IsEmpty && char.IsAsciiLetter((char)field[0]))
                _component = field;
            _at += length + 1;
        }

        _at++;
    }

    private readonly ReadOnlySpan<byte> Token() => _line[_at..LogHeaders.TokenEnd(_line, _at)];

    private void Take()
    {
        _at = LogHeaders.TokenEnd(_line, _at);
        SkipSpaces();
    }

    private void SkipSpaces()
    {
        while (_at < _line.Length && _line[_at] is (byte)' ' or (byte)'\t' or (byte)',')
            _at++;
    }

    private static bool IsName(ReadOnlySpan<byte> text)
    {
        foreach (byte c in text)
        {
            if (!LineMasker.IsWord(c) && c is not ((byte)'.' or (byte)'-' or (byte)'$' or (byte)'/' or (byte)'@' or (byte)'[' or (byte)']' or (byte)'(' or (byte)')' or (byte)'#'))
                return false;
        }

        return true;
    }
}
