namespace Detector.Tests.Messages;

/// <summary>Makes hostile bytes: random ones, valid messages changed or cut, and bombs of nesting, digits and repetition. The same seed gives the same bytes.</summary>
internal sealed class Mutations(int seed)
{
    private const int MaxBytes = 64 * 1024;
    private readonly Random _random = new(seed);

    public int Next(int end) => _random.Next(end);

    /// <summary>The next message made from a valid one.</summary>
    public byte[] From(byte[] valid, IReadOnlyList<byte[]> pieces)
    {
        int kind = _random.Next(1000);
        return kind switch
        {
            < 100 => valid,
            < 150 => RandomBytes(_random.Next(256)),
            < 300 => valid[.._random.Next(valid.Length + 1)],
            < 302 => Bomb(valid, pieces),
            _ => Change(valid, pieces),
        };
    }

    private byte[] Change(byte[] valid, IReadOnlyList<byte[]> pieces)
    {
        var bytes = new List<byte>(valid);
        for (int changes = 1 + _random.Next(5); changes > 0; changes--)
        {
            int at = _random.Next(bytes.Count + 1);
            switch (_random.Next(6))
            {
                case 0:
                    bytes.Insert(at, (byte)_random.Next(256));
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(_random.Next(12), bytes.Count - at));
                    break;
                case 2 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 3:
                    bytes.InsertRange(at, pieces[_random.Next(pieces.Count)]);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(_random.Next(40), bytes.Count - at)));
                    break;
                default:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)('0' + _random.Next(10)), _random.Next(40)));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>One piece, or two in turn, over and over in the middle of a valid message: nesting, endless numbers and names, thousands of fields.</summary>
    private byte[] Bomb(byte[] valid, IReadOnlyList<byte[]> pieces)
    {
        byte[] first = _random.Next(4) == 0 ? RandomBytes(1 + _random.Next(8)) : pieces[_random.Next(pieces.Count)];
        byte[] second = _random.Next(2) == 0 ? [] : pieces[_random.Next(pieces.Count)];
        int at = _random.Next(valid.Length + 1);
        int size = _random.Next(MaxBytes);
        var bytes = new List<byte>(size + 1024);
        bytes.AddRange(valid.AsSpan(0, at));
        while (bytes.Count < size)
        {
            bytes.AddRange(first);
            bytes.AddRange(second);
        }

        bytes.AddRange(valid.AsSpan(at));
        return [.. bytes];
    }

    private byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
