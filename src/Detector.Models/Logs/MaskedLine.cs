namespace Detector.Models.Logs;

/// <summary>
/// A line whose variable parts are written as <c>*</c>, its tokens parted by one space, in buffers that are reused for the next line.
/// Neighbouring tokens that are nothing but <c>*</c> are one: a list of any length looks the same.
/// </summary>
public sealed class MaskedLine
{
    /// <summary>What stands for a variable part.</summary>
    public const byte Star = (byte)'*';

    /// <summary>Tokens beyond this become one variable part.</summary>
    public const int MaxTokens = 96;

    /// <summary>Numbers kept of a line.</summary>
    public const int MaxNumbers = 8;

    private readonly int[] _ends = new int[MaxTokens];
    private readonly double[] _numbers = new double[MaxNumbers];
    private byte[] _text = new byte[1024];
    private int _length;
    private int _tokenStart;
    private bool _full;

    /// <summary>The masked line.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>Tokens of the line.</summary>
    public int Count { get; private set; }

    /// <summary>The first numbers that were masked, in order, without their units.</summary>
    public ReadOnlySpan<double> Numbers => _numbers.AsSpan(0, NumberCount);

    private int NumberCount { get; set; }

    public ReadOnlySpan<byte> Token(int index) => _text.AsSpan(StartOf(index), _ends[index] - StartOf(index));

    internal void Clear()
    {
        _length = 0;
        _tokenStart = 0;
        _full = false;
        Count = 0;
        NumberCount = 0;
    }

    internal void Add(byte value)
    {
        if (_full)
            return;
        if (_length == _text.Length)
            Array.Resize(ref _text, _length * 2);
        _text[_length++] = value;
    }

    internal void Add(ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
            Add(value);
    }

    /// <summary>A variable part; parts joined by one of <c>: , . -</c> are one, as in an address.</summary>
    internal void AddStar()
    {
        if (_length - _tokenStart >= 2 && _text[_length - 1] is (byte)':' or (byte)',' or (byte)'.' or (byte)'-' && _text[_length - 2] == Star)
            _length--;
        else if (_length == _tokenStart || _text[_length - 1] != Star)
            Add(Star);
    }

    internal void AddNumber(double value)
    {
        if (NumberCount < MaxNumbers)
            _numbers[NumberCount++] = value;
    }

    internal void EndToken()
    {
        int length = _length - _tokenStart;
        if (length == 0 || _full)
            return;
        bool star = length == 1 && _text[_tokenStart] == Star;
        if (star && Count > 0 && IsStar(Count - 1))
        {
            _length = _tokenStart;
            return;
        }

        _ends[Count++] = _length;
        if (Count == MaxTokens)
        {
            _length = StartOf(Count - 1);
            _text[_length++] = Star;
            _ends[Count - 1] = _length;
            _full = true;
            return;
        }

        Add((byte)' ');
        _tokenStart = _length;
    }

    internal void End()
    {
        EndToken();
        // The space after the last token.
        if (Count > 0)
            _length = _ends[Count - 1];
    }

    private bool IsStar(int index) => Token(index) is [Star];

    private int StartOf(int index) => index == 0 ? 0 : _ends[index - 1] + 1;
}
