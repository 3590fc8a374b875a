using System.Numerics.Tensors;

namespace Detector.Worker.Deciding;

/// <summary>
/// The direction in which a series deviates now: shares of the score with the signs of their deviations, smoothed over some samples, since a single
/// one just above the threshold is half noise. Of length 1.
/// </summary>
internal sealed class Direction
{
    /// <summary>Weight of the newest sample.</summary>
    private const float Weight = 0.3f;

    private readonly float[] _smoothed;
    private readonly float[] _unit;
    private bool _any;

    public Direction(int features)
    {
        _smoothed = new float[features];
        _unit = new float[features];
    }

    /// <summary>(F); of length 1 once there was a sample.</summary>
    public float[] Unit => _unit;

    /// <summary>Begins anew.</summary>
    public void Reset() => _any = false;

    public void Add(in Evidence evidence)
    {
        for (int f = 0; f < _smoothed.Length; f++)
        {
            double value = evidence.Values[f];
            // Whatever is missing has no direction, and no share.
            float share = double.IsNaN(value) ? 0 : evidence.Contributions[f];
            float signed = evidence.IsAbove(f) ? share : -share;
            _smoothed[f] = _any ? _smoothed[f] + Weight * (signed - _smoothed[f]) : signed;
        }

        _any = true;
        float length = TensorPrimitives.Norm(_smoothed);
        if (length > 0)
            TensorPrimitives.Divide(_smoothed, length, _unit);
        else
            Array.Clear(_unit);
    }

    /// <summary>Cosine between two directions of length 1.</summary>
    public static float Cosine(ReadOnlySpan<float> left, ReadOnlySpan<float> right) => TensorPrimitives.Dot(left, right);

    public void Save(BinaryWriter writer)
    {
        writer.Write(_any);
        foreach (float value in _smoothed)
            writer.Write(value);
        foreach (float value in _unit)
            writer.Write(value);
    }

    public void Load(BinaryReader reader)
    {
        _any = reader.ReadBoolean();
        foreach (ref float value in _smoothed.AsSpan())
            value = reader.ReadSingle();
        foreach (ref float value in _unit.AsSpan())
            value = reader.ReadSingle();
    }
}
